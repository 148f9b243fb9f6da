using CashlessGateway.Instances;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Instances;

/// <summary>A folder of plug-ins, and a gateway that opens one instance of type tiny.</summary>
internal sealed class PluginWorld : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("cashless-plugins-").FullName;

    public string File(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>In the folder of its own name, as a plug-in is put in.</summary>
    public string Put(TinyPlugin plugin, string name = "Tiny") => plugin.Write(File(name, name + ".dll"));

    public ProviderInstance Open(string type = "tiny", params (string Name, string Value)[] values) => Assert.Single(ProviderPlugins.Open(
        [new ProviderConfiguration("tiny-main", type, values.ToDictionary(value => value.Name, value => value.Value, StringComparer.OrdinalIgnoreCase))], Folder, new FakeTime(), sandbox: true));

    /// <summary>The one sentence with which it does not start.</summary>
    public string Refused(params (string Name, string Value)[] values) => Assert.Throws<StartupException>(() => Open("tiny", values)).Message;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
