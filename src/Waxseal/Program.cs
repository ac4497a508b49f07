using System.Runtime.InteropServices;
using Waxseal.Commands;
using Waxseal.Terminal;

// How long a command may take to stop in good order after Ctrl-C.
TimeSpan grace = TimeSpan.FromSeconds(10);

using CancellationTokenSource interrupted = new();
using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);

// On a thread of its own, so that a command that waits for standard input does not hold up the end.
Task<int> running = Task.Run(() => Invocation.RunAsync(args, Surroundings.OfProcess(), interrupted.Token));
Task stopped = Task.Delay(Timeout.Infinite, interrupted.Token).ContinueWith(_ => Task.Delay(grace), TaskScheduler.Default).Unwrap();
return await Task.WhenAny(running, stopped) == running ? await running : ExitCode.Interrupted;

void Interrupt(PosixSignalContext context)
{
    // A second Ctrl-C ends the process at once.
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
