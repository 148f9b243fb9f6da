using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;
using CashlessGateway.Providers;

namespace CashlessGateway.Instances;

/// <summary>What stands in an assembly's file, read without loading it: only so can one that cannot be loaded be told apart.</summary>
/// <param name="Framework">What it was built for; null where it does not say.</param>
/// <param name="Contract">The version of the contract that it was built against; null where it does not use it.</param>
/// <param name="NamesAPlugin">It carries <see cref="ProviderPluginAttribute"/>.</param>
/// <param name="Uses">Tokens of all types and members of the contract that it uses.</param>
internal sealed record PluginFacts(FrameworkName? Framework, Version? Contract, bool NamesAPlugin, IReadOnlyList<int> Uses)
{
    /// <summary>In front of the arguments of every attribute (ECMA-335 II.23.3).</summary>
    private const ushort Prolog = 1;

    /// <returns>Null when it is a program or library, but none of .NET.</returns>
    /// <exception cref="BadImageFormatException">It is not even that.</exception>
    public static PluginFacts? Read(string file)
    {
        using var pe = new PEReader(File.OpenRead(file));
        if (!pe.HasMetadata || pe.GetMetadataReader() is not { IsAssembly: true } reader) return null;
        return new PluginFacts(FrameworkOf(reader), ContractOf(reader), Attribute(reader, typeof(ProviderPluginAttribute)) is not null, [.. UsesOf(reader)]);
    }

    private static FrameworkName? FrameworkOf(MetadataReader reader)
    {
        if (Attribute(reader, typeof(TargetFrameworkAttribute)) is not { } attribute) return null;
        var value = reader.GetBlobReader(attribute.Value);
        return value.ReadUInt16() == Prolog && value.ReadSerializedString() is { Length: > 0 } name ? new FrameworkName(name) : null;
    }

    private static Version? ContractOf(MetadataReader reader) =>
        reader.AssemblyReferences.Select(reader.GetAssemblyReference).Where(reference => PluginContext.IsContract(reader.GetString(reference.Name))).Max(static reference => reference.Version);

    private static CustomAttribute? Attribute(MetadataReader reader, Type type)
    {
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            if (reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is not { Kind: HandleKind.TypeReference } parent) continue;
            var named = reader.GetTypeReference((TypeReferenceHandle)parent);
            if (reader.GetString(named.Namespace) == type.Namespace && reader.GetString(named.Name) == type.Name) return attribute;
        }

        return null;
    }

    private static IEnumerable<int> UsesOf(MetadataReader reader)
    {
        foreach (var handle in reader.TypeReferences)
            if (IsOfTheContract(reader, handle)) yield return MetadataTokens.GetToken(handle);
        foreach (var handle in reader.MemberReferences)
            if (reader.GetMemberReference(handle).Parent is { Kind: HandleKind.TypeReference } parent && IsOfTheContract(reader, (TypeReferenceHandle)parent)) yield return MetadataTokens.GetToken(handle);
    }

    /// <summary>A type inside another one is found in the assembly of the outermost.</summary>
    private static bool IsOfTheContract(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference) scope = reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference && PluginContext.IsContract(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name));
    }
}
