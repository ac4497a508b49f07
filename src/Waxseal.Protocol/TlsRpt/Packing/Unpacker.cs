using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>Takes layer after layer off one file, until JSON texts are left.</summary>
internal sealed class Unpacker
{
    private readonly Queue<Layer> _pending = [];
    private readonly List<UnpackedReport> _reports = [];
    private readonly List<ReportDefect> _defects = [];
    private UnpackingResult.Failed? _failure;
    private int _bytesLeft = ReportLimits.UnpackedBytes;

    public UnpackingResult Run(ReadOnlyMemory<byte> file)
    {
        _pending.Enqueue(new Layer(null, file, 0, PackedForm.Unknown));
        while (_pending.TryDequeue(out Layer? layer))
        {
            TakeOff(layer);
            if (_failure?.Fault is UnpackingFault.TooLarge)
                return _failure;
        }

        if (_reports.Count == 0)
            return _failure ?? new(UnpackingFault.NotRecognised, 0, "The archive holds no report.");

        // One bad entry of an archive does not cost the others.
        if (_failure is not null)
            _defects.Add(PackingDefects.EntryUnusable.At("", _failure.Offset, _failure.Message));
        return new UnpackingResult.Unpacked([.. _reports], [.. _defects]);
    }

    /// <summary>How many bytes unpacking may still give.</summary>
    public int BytesLeft => _bytesLeft;

    /// <summary>Takes bytes off what may still be unpacked; false, and failed, when it is too much.</summary>
    public bool TrySpend(long bytes, long offset)
    {
        if (bytes > _bytesLeft)
        {
            // A ratio says nothing: a report of a thousand like policies shrinks as a bomb does.
            return Fail(UnpackingFault.TooLarge, offset,
                $"The file unpacks to more than {ReportLimits.UnpackedBytes} bytes.");
        }

        _bytesLeft -= (int)bytes;
        return true;
    }

    public void Note(DefectKind kind, long offset, string? detail = null) => _defects.Add(kind.At("", offset, detail));

    /// <summary>Notes a failure, always false. The first one counts, unless a limit is passed.</summary>
    public bool Fail(UnpackingFault fault, long offset, string message)
    {
        if (_failure is null || fault == UnpackingFault.TooLarge)
            _failure = new(fault, offset, message);
        return false;
    }

    /// <summary>Adds what was found inside of a layer.</summary>
    public void Add(Layer outer, ReadOnlyMemory<byte> bytes, string? entryName = null)
    {
        if (outer.Depth == ReportLimits.Layers)
            Fail(UnpackingFault.TooManyLayers, 0, $"More than {ReportLimits.Layers} layers of packing.");
        else
            _pending.Enqueue(new Layer(entryName ?? outer.EntryName, bytes, outer.Depth + 1, outer.Form));
    }

    private void TakeOff(Layer layer)
    {
        if (IsCompressed(layer.Form) && IsCompressed(layer.Around))
            Note(PackingDefects.Twice, 0);
        switch (layer.Form)
        {
            case PackedForm.Json:
                _reports.Add(new UnpackedReport(layer.EntryName, layer.Bytes));
                break;
            case PackedForm.Utf16:
                Note(PackingDefects.Utf16, 0);
                Utf16Text.Decode(layer, this);
                break;
            case PackedForm.Gzip:
                GzipFile.Unpack(layer, this);
                break;
            case PackedForm.Zip:
                Note(PackingDefects.Zip, 0);
                ZipFile.Unpack(layer, this);
                break;
            case PackedForm.Base64:
                Note(PackingDefects.Base64, 0);
                Base64Text.Decode(layer, this);
                break;
            default:
                RefuseUnknown(layer);
                break;
        }
    }

    private static bool IsCompressed(PackedForm form) => form is PackedForm.Gzip or PackedForm.Zip;

    private void RefuseUnknown(Layer layer)
    {
        if (layer.EntryName is not null)
            Note(PackingDefects.EntryIgnored, 0, layer.EntryName);
        else
            Fail(UnpackingFault.NotRecognised, 0, "The bytes are neither JSON nor gzip, zip or base64.");
    }
}

/// <summary>Bytes found at some depth of packing.</summary>
/// <param name="EntryName">The name of the archive entry around them, or null.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Depth">How many layers were taken off, from 0.</param>
/// <param name="Around">The form of the layer taken off last.</param>
internal sealed record Layer(string? EntryName, ReadOnlyMemory<byte> Bytes, int Depth, PackedForm Around)
{
    /// <summary>What the bytes look like.</summary>
    public PackedForm Form { get; } = PackedForms.Of(Bytes.Span);
}
