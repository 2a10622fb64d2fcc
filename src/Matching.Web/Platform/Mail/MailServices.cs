namespace Matching.Web.Platform.Mail;

/// <summary>The queue of mails and its sender.</summary>
public static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<JobLock>().AddSingleton<MailSettings>().AddSingleton<MailSignal>().AddSingleton<MailQueue>()
        .AddSingleton<MailSender>().AddHostedService(provider => provider.GetRequiredService<MailSender>());
}
