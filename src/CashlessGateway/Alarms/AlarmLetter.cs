using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Alarms;

/// <summary>An alarm as a mail: Japanese for the office, a line of English for the supplier. It names no payer.</summary>
public static class AlarmLetter
{
    /// <param name="where">The city's name and code, or the machine's.</param>
    public static Letter Write(AlarmMail mail, AlarmReading reading, string where, Instant since)
    {
        var (title, word) = (AlarmNames.Title(reading.Kind), Word(mail));
        return new Letter($"[CashlessGateway {where}] {word.Ja}: {title.Ja}", $"""
            {where}
            {word.Ja}: {title.Ja}

            {reading.Detail.Ja}
            {(mail == AlarmMail.Ended ? "終わり" : "始まり")}: {Tokyo(since)}（日本時間）

            支払いの受付は続いています。何をするかは docs/running.md の「Alarms」の表（{reading.Name}）にあります。
            このメールは自動で送られています。{(mail == AlarmMail.Ended ? "" : "続いている間は4時間ごとに送ります。")}

            --
            {word.En}: {title.En}. {reading.Detail.En}. See "Alarms" ({reading.Name}) in docs/running.md.

            """);
    }

    private static Words Word(AlarmMail mail) => mail switch
    {
        AlarmMail.Began => new("警報", "Alarm"),
        AlarmMail.StillOn => new("警報が続いています", "Alarm goes on"),
        AlarmMail.Ended => new("警報は終わりました", "Alarm is over"),
    };

    private static string Tokyo(Instant at) => at.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
