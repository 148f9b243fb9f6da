namespace CashlessGateway.Web;

/// <summary>A sentence for people, in the two languages of the API's errors.</summary>
public readonly record struct Words(string Ja, string En)
{
    public string In(Language language) => language == Language.English ? En : Ja;
}

public enum Language
{
    Japanese,
    English,
}
