namespace CashlessGateway.Codes.Tests;

/// <summary>Insists that a code was made.</summary>
internal static class Made
{
    public static T Of<T>(Built<T> built) => built is Built<T>.Made made ? made.Value : throw new Xunit.Sdk.XunitException(built.ToString());
}
