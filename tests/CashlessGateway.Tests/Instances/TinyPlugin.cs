using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Versioning;
using CashlessGateway.Providers;

namespace CashlessGateway.Tests.Instances;

/// <summary>An assembly of a few instructions, written to disk: a plug-in that is whole, or wrong in one way.</summary>
internal sealed class TinyPlugin
{
    /// <summary>What the real contract has no member of: a version to come.</summary>
    public static readonly Version LaterContract = new(9, 0, 0, 0);

    public string Type { get; init; } = "tiny";
    public string? Framework { get; init; }

    /// <summary>It carries the attribute.</summary>
    public bool IsNamed { get; init; } = true;

    public bool IsAPlugin { get; init; } = true;
    public bool IsAbstract { get; init; }
    public bool HasOpen { get; init; } = true;
    public Type[] ConstructorTakes { get; init; } = [];

    /// <summary>Runs in its constructor, its <c>Type</c> or its <c>Open</c>, before the rest.</summary>
    public Action<ILGenerator>? InConstructor { get; init; }
    public Action<ILGenerator>? InType { get; init; }
    public Action<ILGenerator>? InOpen { get; init; }

    public string Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var (assembly, module) = New(Path.GetFileNameWithoutExtension(file), new Version(1, 0, 0, 0));
        var made = Class(module).CreateType();
        if (IsNamed) assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(ProviderPluginAttribute).GetConstructor([typeof(Type)])!, [made]));
        if (Framework is not null) assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(TargetFrameworkAttribute).GetConstructor([typeof(string)])!, [Framework]));
        assembly.Save(file);
        return file;
    }

    /// <summary>A library with one class and one method without parameters, which gives a word.</summary>
    public static MethodInfo Library(string name, Version version, string typeName, string word, string? file = null)
    {
        var (assembly, module) = New(name, version);
        var type = module.DefineType(typeName, TypeAttributes.Public | TypeAttributes.Class);
        var method = type.DefineMethod("Word", MethodAttributes.Public | MethodAttributes.Static, typeof(string), System.Type.EmptyTypes);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, word);
        code.Emit(OpCodes.Ret);
        type.CreateType();
        if (file is not null) assembly.Save(file);
        return method;
    }

    /// <summary>Calls it and forgets what it gave.</summary>
    public static Action<ILGenerator> Calling(MethodInfo method) => code =>
    {
        code.Emit(OpCodes.Call, method);
        code.Emit(OpCodes.Pop);
    };

    public static Action<ILGenerator> Throwing(string message) => code =>
    {
        code.Emit(OpCodes.Ldstr, message);
        code.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
        code.Emit(OpCodes.Throw);
    };

    public static void ReturningNothing(ILGenerator code)
    {
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Ret);
    }

    private static (PersistedAssemblyBuilder, ModuleBuilder) New(string name, Version version)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        return (assembly, assembly.DefineDynamicModule(name));
    }

    private TypeBuilder Class(ModuleBuilder module)
    {
        var type = module.DefineType("Tiny.Plugin", TypeAttributes.Public | TypeAttributes.Class | (IsAbstract ? TypeAttributes.Abstract : TypeAttributes.Public));
        if (IsAPlugin) type.AddInterfaceImplementation(typeof(IProviderPlugin));
        WriteConstructor(type);
        WriteType(type);
        if (HasOpen) WriteOpen(type);
        return type;
    }

    private void WriteConstructor(TypeBuilder type)
    {
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, ConstructorTakes).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor(System.Type.EmptyTypes)!);
        InConstructor?.Invoke(code);
        code.Emit(OpCodes.Ret);
    }

    private void WriteType(TypeBuilder type)
    {
        var code = type.DefineMethod("get_Type", MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(string), System.Type.EmptyTypes).GetILGenerator();
        InType?.Invoke(code);
        code.Emit(OpCodes.Ldstr, Type);
        code.Emit(OpCodes.Ret);
    }

    private void WriteOpen(TypeBuilder type)
    {
        var code = type.DefineMethod("Open", MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(IProvider), [typeof(ProviderSetup)]).GetILGenerator();
        InOpen?.Invoke(code);
        code.Emit(OpCodes.Newobj, typeof(SilentProvider).GetConstructor(System.Type.EmptyTypes)!);
        code.Emit(OpCodes.Ret);
    }
}

/// <summary>What a tiny plug-in opens: nobody ever asks it anything.</summary>
public sealed class SilentProvider : IProvider
{
    public ProviderAbilities Abilities { get; } = new()
    {
        Methods = [new MethodAbility("qr", "customerCode", ["tiny"], 1, 1_000)],
        AbsentIsFinalAfter = null,
        Pace = TimeSpan.FromSeconds(1),
        StartLimit = TimeSpan.FromSeconds(10),
        CallLimit = TimeSpan.FromSeconds(10),
    };

    public Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation) => throw new NotSupportedException();
}
