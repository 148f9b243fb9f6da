using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CashlessGateway.Access.Staff;

public static class StaffServices
{
    public static IServiceCollection AddStaff(this IServiceCollection services, Settings settings)
    {
        AddIdentity(services, settings);
        services.AddSingleton<AuthenticatorKeys>();
        services.AddSingleton<PasswordWork>();
        services.AddSingleton<SignInDelays>();
        services.AddSingleton<UsedChallenges>();
        services.AddSingleton<StaffCookies>();
        services.AddSingleton<StaffSessions>();
        services.AddSingleton<SessionPins>();
        services.AddSingleton<StaffAccounts>();
        services.AddSingleton<SignInSteps>();
        services.AddSingleton<SignInStart>();
        services.AddSingleton<SignInCities>();
        services.AddSingleton<FirstRun>();
        services.AddScoped<PasskeyCeremonies>();
        services.AddAuthentication(StaffAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, StaffAuthentication>(StaffAuthentication.SchemeName, static _ => { });
        services.Configure<RazorPagesOptions>(static options => options.Conventions.AddPageRoute("/Access/Staff/SignInPage", "/m/{code}/sign-in"));
        if (settings.TrustedProxies.Count > 0) services.Configure<ForwardedHeadersOptions>(options => Trust(options, settings));
        return services;
    }

    private static void AddIdentity(IServiceCollection services, Settings settings)
    {
        services.TryAddSingleton<IPasswordHasher<Person>>(new PasswordHasher<Person>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions
        {
            CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3,
            IterationCount = PasswordWork.Iterations,
        })));
        services.AddSingleton<PersonStore>();
        services.AddSingleton<IUserStore<Person>>(static provider => provider.GetRequiredService<PersonStore>());
        services.AddSingleton<ILookupNormalizer, LoginNames>();
        services.AddIdentityCore<Person>(static options =>
        {
            // Length and a list of known passwords (PasswordRules) say more than signs and capitals.
            options.Password.RequiredLength = PasswordRules.Shortest;
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            options.User.AllowedUserNameCharacters = "";
        });
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = settings.PasskeyDomain;
            // Two factors in one: the thing, and the finger or PIN that opens it.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && IsOwn(context, settings));
        });
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
    }

    /// <summary>The browser itself says which page asked. In Development any port of this machine will do.</summary>
    private static bool IsOwn(PasskeyOriginValidationContext context, Settings settings) =>
        Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
        && (origin.GetLeftPart(UriPartial.Authority) == settings.PublicUrl.GetLeftPart(UriPartial.Authority) || (settings.Demo && origin is { Scheme: "http", Host: "localhost" }));

    private static void Trust(ForwardedHeadersOptions options, Settings settings)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        foreach (var proxy in settings.TrustedProxies) options.KnownProxies.Add(proxy);
    }

    /// <summary>Behind a proxy every caller would otherwise have one address, and one guesser's delay would be everybody's.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Settings>().TrustedProxies.Count > 0) app.UseForwardedHeaders();
    }
}
