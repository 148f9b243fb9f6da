using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Instances;

/// <summary>Whatever is wrong with a plug-in stops the start with one sentence that names the file and the cause.</summary>
public sealed class UnfitPluginTests : IDisposable
{
    private readonly PluginWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_file_that_is_no_program()
    {
        Directory.CreateDirectory(_world.File("Tiny"));
        File.WriteAllText(_world.File("Tiny", "Tiny.dll"), "PK, or a page that says 404");

        Refused("it is no .NET assembly");
    }

    [Fact]
    public void A_file_that_ends_too_early()
    {
        var file = _world.Put(new TinyPlugin());
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^700]);

        Refused("it is no .NET assembly");
    }

    [Theory]
    [InlineData(".NETCoreApp,Version=v99.0", "it is built for .NETCoreApp 99.0, and this gateway runs on .NET 10.0.")]
    [InlineData(".NETFramework,Version=v4.8", "it is built for .NETFramework 4.8, and this gateway runs on .NET 10.0.")]
    public void One_that_was_built_for_another_framework(string framework, string why)
    {
        _world.Put(new TinyPlugin { Framework = framework });

        Refused(why);
    }

    [Theory]
    [InlineData(".NETCoreApp,Version=v8.0")]
    [InlineData(".NETCoreApp,Version=v10.0")]
    [InlineData(".NETStandard,Version=v2.1")]
    public void One_that_was_built_for_this_or_an_earlier_framework_runs(string framework)
    {
        _world.Put(new TinyPlugin { Framework = framework });

        Assert.Equal("tiny", _world.Open().Type);
    }

    [Fact]
    public void One_whose_dependency_was_left_behind()
    {
        _world.Put(new TinyPlugin { InOpen = TinyPlugin.Calling(TinyPlugin.Library("Matome.Crypto", new Version(3, 1, 0, 0), "Matome.Crypto.Signer", "")) });

        Refused("it needs Matome.Crypto, Version=3.1.0.0", "and that is not in its folder");
    }

    [Fact]
    public void One_whose_list_of_dependencies_is_broken()
    {
        _world.Put(new TinyPlugin());
        File.WriteAllText(_world.File("Tiny", "Tiny.deps.json"), "{ \"runtimeTarget\": ");

        Refused("the list of what it needs", "Tiny.deps.json) cannot be read");
    }

    [Fact]
    public void One_that_uses_a_type_of_another_contract()
    {
        _world.Put(new TinyPlugin { InOpen = TinyPlugin.Calling(Later("CashlessGateway.Providers.Later")) });

        Refused("it does not fit the contract of this gateway (built against 9.0.0.0, here it is 0.", "CashlessGateway.Providers.Later");
    }

    /// <summary>Only a payment would have called it.</summary>
    [Fact]
    public void One_that_uses_a_member_of_another_contract()
    {
        _world.Put(new TinyPlugin { InOpen = TinyPlugin.Calling(Later("CashlessGateway.Providers.ProviderSetup")) });

        Refused("it does not fit the contract of this gateway (built against 9.0.0.0, here it is 0.", "Word");
    }

    [Fact]
    public void One_that_lacks_what_this_contract_asks_for()
    {
        _world.Put(new TinyPlugin { HasOpen = false });

        Refused("it does not fit the contract of this gateway", "Method 'Open' in type 'Tiny.Plugin'", "does not have an implementation");
    }

    [Fact]
    public void One_without_the_attribute()
    {
        _world.Put(new TinyPlugin { IsNamed = false });

        Refused("[assembly: ProviderPlugin(typeof(...))] is missing");
    }

    [Fact]
    public void A_dependency_that_lies_where_only_plug_ins_lie()
    {
        _world.Put(new TinyPlugin());
        TinyPlugin.Library("Words", new Version(1, 0, 0, 0), "Words.Some", "", _world.File("Words.dll"));

        Assert.Contains($"{_world.File("Words.dll")} cannot be used: it does not say which class is the plug-in", _world.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_names_a_class_that_is_no_plug_in()
    {
        _world.Put(new TinyPlugin { IsAPlugin = false });

        Refused("names Tiny.Plugin, and that is no IProviderPlugin");
    }

    [Fact]
    public void One_whose_class_wants_something_to_be_made_with()
    {
        _world.Put(new TinyPlugin { ConstructorTakes = [typeof(string)] });

        Refused("Tiny.Plugin must be a class with a public constructor without parameters");
    }

    [Fact]
    public void One_whose_class_cannot_be_made()
    {
        _world.Put(new TinyPlugin { IsAbstract = true });

        Refused("Tiny.Plugin must be a class with a public constructor without parameters");
    }

    [Fact]
    public void One_whose_constructor_fails()
    {
        _world.Put(new TinyPlugin { InConstructor = TinyPlugin.Throwing("no licence file") });

        Refused("the constructor of Tiny.Plugin threw InvalidOperationException: no licence file");
    }

    [Fact]
    public void One_that_cannot_say_its_type()
    {
        _world.Put(new TinyPlugin { InType = TinyPlugin.Throwing("not yet") });

        Refused("Tiny.Plugin.Type threw InvalidOperationException: not yet");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Tiny")]
    [InlineData("ti ny")]
    public void One_whose_type_is_no_name_in_small_letters(string type)
    {
        _world.Put(new TinyPlugin { Type = type });

        Refused($"Tiny.Plugin.Type is '{type}', and it must be a name in small letters");
    }

    [Fact]
    public void Two_of_one_type()
    {
        _world.Put(new TinyPlugin(), "First");
        _world.Put(new TinyPlugin(), "Second");

        Assert.Equal($"Two plug-ins call themselves 'tiny': {_world.File("First", "First.dll")} and {_world.File("Second", "Second.dll")}. Take one away.", _world.Refused());
    }

    [Fact]
    public void One_of_a_type_that_came_with_the_gateway()
    {
        var file = _world.Put(new TinyPlugin { Type = "paypay" });

        var sentence = _world.Refused();

        Assert.StartsWith("Two plug-ins call themselves 'paypay': ", sentence, StringComparison.Ordinal);
        Assert.Contains("CashlessGateway.Providers.PayPay.dll and " + file, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_plug_in_of_its_name()
    {
        new TinyPlugin().Write(_world.File("Tiny", "Other.dll"));

        Assert.StartsWith($"The folder {_world.File("Tiny")} holds no Tiny.dll.", _world.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_opens_with_a_failure_is_named_and_the_settings_stay_unsaid()
    {
        var file = _world.Put(new TinyPlugin { InOpen = TinyPlugin.Throwing("cannot parse 'sesame'") });

        Assert.Equal($"Providers:tiny-main cannot be opened by the plug-in {file}: it threw InvalidOperationException, which says nothing about a setting (ProviderSettingException does).", _world.Refused(("Secret", "sesame")));
    }

    [Fact]
    public void One_that_opens_nothing()
    {
        var file = _world.Put(new TinyPlugin { InOpen = TinyPlugin.ReturningNothing });

        Assert.Equal($"Providers:tiny-main cannot be opened: the plug-in {file} gives no provider, or one that does not say what it can do.", _world.Refused());
    }

    [Fact]
    public async Task A_folder_that_was_named_and_is_not_there()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => City.Open(more: $"--Plugins:Directory={_world.File("nowhere")}"));

        Assert.Equal($"Plugins:Directory is '{_world.File("nowhere")}'; there is no folder {_world.File("nowhere")}.", error.Message);
    }

    private static System.Reflection.MethodInfo Later(string type) => TinyPlugin.Library("CashlessGateway.Providers", TinyPlugin.LaterContract, type, "");

    private void Refused(params string[] parts)
    {
        var sentence = _world.Refused();
        Assert.StartsWith($"The plug-in {_world.File("Tiny", "Tiny.dll")} cannot be used: ", sentence, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', sentence);
    }
}
