namespace CashlessGateway.Recovery;

/// <summary>Goes on asking while the database is recovering, beside the web server. A node without jobs only watches for the end.</summary>
public sealed class RecoveryHost(RecoverPayments recovery, RecoveryMode mode, Settings settings, ILogger<RecoveryHost> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (mode.IsOn && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (settings.Jobs ? await recovery.Round(stoppingToken) : await mode.ReadAgain(stoppingToken) is not { IsOn: true }) return;
                foreach (var missing in mode.Missing) log.LogWarning("Recovering: {Missing}", missing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The end of the recovery is what it waits for; a surprise in one round must not end it without one.
                log.LogError(error, "A round of the recovery failed; the next one follows.");
            }

            await Task.Delay(RecoveryPace.Pause, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
