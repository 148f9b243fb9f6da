using CashlessGateway.Routing;

namespace CashlessGateway.Demo;

/// <summary>designations.csv: the 指定台帳.</summary>
public static class DesignationFile
{
    /// <param name="accounts">Revenue accounts; <c>*</c> stands for all of them.</param>
    public static List<Designation> Read(DemoFolder folder, IReadOnlySet<string> accounts) =>
        folder.Table("designations.csv", "provider", "kind", "account", "noticeNumber", "noticeDate", "validFrom", "validTo").ConvertAll(row => new Designation(
            "", row.Text("provider"), row.Choice<DesignationKind>("kind"), row.Text("account") == Designation.AllRevenue ? Designation.AllRevenue : row.Known("account", accounts, "accounts.csv"),
            row.Text("noticeNumber"), row.Date("noticeDate"), row.Date("validFrom"), row.OptionalDate("validTo")));
}
