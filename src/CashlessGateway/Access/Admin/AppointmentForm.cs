using CashlessGateway.Places;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Access.Admin;

/// <summary>An appointment as it is filled in; its fields have names of their own, since a form for roles stands on the same page.</summary>
internal static class AppointmentForm
{
    /// <param name="name">Of the person, where it is known; else it is typed.</param>
    public static Result<Appointment> Read(Posted form, string? person, string? name) => form.Of(new Appointment(
        "", form.Code("code") ?? "", form.Text("at", CodeText.Longest) ?? Appointment.Everywhere, name ?? form.Text("holder", 100, required: true) ?? "", person,
        form.Choice<CashOffice>("office") ?? CashOffice.CashHandler, form.Text("post", 100), form.Date("from", required: true) ?? default, form.Date("to")));

    public static Problem Renamed(this Problem problem, string field, string shown) => problem with { Violations = problem.Violations?.Select(violation => violation.Pointer == "?" + field ? violation with { Pointer = "?" + shown } : violation).ToList() };
}
