using System.Reflection.Emit;
using System.Runtime.Loader;
using CashlessGateway.Providers;

namespace CashlessGateway.Tests.Instances;

/// <summary>Plug-ins from outside live in load contexts of their own, and speak the gateway's contract.</summary>
public sealed class OutsidePluginTests : IDisposable
{
    private readonly PluginWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_plug_in_in_a_folder_of_its_name_is_opened()
    {
        _world.Put(new TinyPlugin());

        Assert.Equal(("tiny-main", "tiny"), (_world.Open().Name, _world.Open().Type));
    }

    [Fact]
    public void A_plug_in_that_needs_nothing_may_lie_in_the_folder_itself()
    {
        new TinyPlugin().Write(_world.File("Tiny.dll"));

        Assert.Equal("tiny", _world.Open().Type);
    }

    [Fact]
    public void The_ones_that_came_with_the_gateway_need_no_folder()
    {
        Directory.Delete(_world.Folder);

        Assert.Equal("paypay", _world.Open("paypay", ("BaseUrl", "http://127.0.0.1:1/"), ("ApiKey", "k"), ("ApiSecret", "s")).Type);
        Directory.CreateDirectory(_world.Folder);
    }

    /// <summary>The gateway itself uses Dapper 2.</summary>
    [Fact]
    public void A_plug_ins_own_version_of_what_the_gateway_uses_too_does_not_clash()
    {
        var dapper = typeof(Dapper.SqlMapper).Assembly.GetName();
        Directory.CreateDirectory(_world.File("Tiny"));
        var other = TinyPlugin.Library("Dapper", new Version(99, 0, 0, 0), "Dapper.OnlyInNinetyNine", "99", _world.File("Tiny", "Dapper.dll"));
        _world.Put(new TinyPlugin { InConstructor = TinyPlugin.Calling(other), InOpen = TinyPlugin.Calling(other) });

        Assert.Equal("tiny", _world.Open().Type);

        Assert.Contains(AssemblyLoadContext.All.SelectMany(context => context.Assemblies), loaded => loaded.Location == _world.File("Tiny", "Dapper.dll") && loaded.GetName().Version == new Version(99, 0, 0, 0));
        Assert.Equal(dapper.Version, AssemblyLoadContext.Default.LoadFromAssemblyName(new("Dapper")).GetName().Version);
    }

    [Fact]
    public void Two_plug_ins_may_need_two_versions_of_one_library()
    {
        foreach (var version in new[] { 1, 2 })
        {
            Directory.CreateDirectory(_world.File($"Tiny{version}"));
            var words = TinyPlugin.Library("Words", new Version(version, 0, 0, 0), $"Words.OnlyIn{version}", "word", _world.File($"Tiny{version}", "Words.dll"));
            _world.Put(new TinyPlugin { Type = $"tiny{version}", InOpen = TinyPlugin.Calling(words) }, $"Tiny{version}");
        }

        Assert.Equal(("tiny1", "tiny2"), (_world.Open("tiny1").Type, _world.Open("tiny2").Type));
    }

    /// <summary>Whoever copies a whole output folder copies the contract too.</summary>
    [Fact]
    public void A_copy_of_the_contract_in_the_plug_ins_folder_is_left_alone()
    {
        _world.Put(new TinyPlugin());
        File.Copy(typeof(IProvider).Assembly.Location, _world.File("Tiny", "CashlessGateway.Providers.dll"));

        Assert.IsType<SilentProvider>(_world.Open().Provider);
    }

    [Fact]
    public void What_lies_beside_a_plug_in_in_its_folder_is_no_plug_in()
    {
        _world.Put(new TinyPlugin());
        new TinyPlugin { Type = "other" }.Write(_world.File("Tiny", "Other.dll"));
        File.WriteAllText(_world.File("Tiny", "native.dll"), "not .NET");

        Assert.Equal("tiny", _world.Open().Type);
        Assert.Contains("there is no such plug-in", Assert.Throws<Storage.StartupException>(() => _world.Open("other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plug_in_that_was_built_against_a_later_contract_and_uses_nothing_new_runs()
    {
        var later = TinyPlugin.Library("CashlessGateway.Providers", TinyPlugin.LaterContract, "CashlessGateway.Providers.PaidWith", "");
        _world.Put(new TinyPlugin
        {
            InOpen = code =>
            {
                code.Emit(OpCodes.Ldtoken, later.DeclaringType!);
                code.Emit(OpCodes.Pop);
            },
        });

        Assert.Equal("tiny", _world.Open().Type);
    }

    [Fact]
    public void A_folder_that_a_volume_keeps_for_itself_is_passed_over()
    {
        _world.Put(new TinyPlugin());
        Directory.CreateDirectory(_world.File("..data"));

        Assert.Equal("tiny", _world.Open().Type);
    }
}
