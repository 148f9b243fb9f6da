namespace CashlessGateway.Instances;

/// <summary>
/// Whether new attempts go to an instance. Only new ones: what is under way is asked for as before, since only the provider
/// knows its end.
/// </summary>
public sealed class Circuit(TimeProvider time)
{
    /// <summary>One lost answer is chance and two are bad luck; at five in a row the next customer should not be the sixth.</summary>
    private const int MostInARow = 5;

    /// <summary>After this one attempt may find out whether it is well again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    /// <summary>What the error rate is counted over.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private int _inARow;
    private long _openUntil = long.MinValue;
    private long _windowFrom = long.MinValue;
    private (long Calls, long Unwell) _now;
    private (long Calls, long Unwell) _before;

    public void Note(bool well)
    {
        lock (_gate)
        {
            Turn();
            _now = (_now.Calls + 1, _now.Unwell + (well ? 0 : 1));
            _inARow = well ? 0 : _inARow + 1;
            if (well) _openUntil = long.MinValue;
            else if (_inARow >= MostInARow) _openUntil = time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency);
        }
    }

    /// <summary>No new attempts just now. Once the pause is over one of them may try.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                if (_openUntil == long.MinValue) return false;
                var now = time.GetTimestamp();
                if (now < _openUntil) return true;
                _openUntil = now + (long)(Pause.TotalSeconds * time.TimestampFrequency);
                return false;
            }
        }
    }

    /// <summary>The same for somebody who looks on: it lets no attempt through and moves nothing.</summary>
    public bool IsResting
    {
        get
        {
            lock (_gate) return _openUntil != long.MinValue && time.GetTimestamp() < _openUntil;
        }
    }

    /// <summary>Calls of the last five to ten minutes, and how many of them ended without an answer.</summary>
    public (long Calls, long Unwell) Recent
    {
        get
        {
            lock (_gate)
            {
                Turn();
                return (_now.Calls + _before.Calls, _now.Unwell + _before.Unwell);
            }
        }
    }

    private void Turn()
    {
        var now = time.GetTimestamp();
        var window = (long)(Window.TotalSeconds * time.TimestampFrequency);
        if (_windowFrom != long.MinValue && now - _windowFrom < window) return;
        _before = _windowFrom != long.MinValue && now - _windowFrom < 2 * window ? _now : default;
        _now = default;
        _windowFrom = now;
    }
}
