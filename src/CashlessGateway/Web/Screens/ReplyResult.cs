using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Web.Screens;

/// <summary>An answer of the API from a page: a file, most often. Written as the page's result, when the headers of pages have been set.</summary>
public sealed class ReplyResult(Reply reply) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => Api.Write(context.HttpContext, reply);
}
