package dev.longhaul.simulator.engine;

import java.time.Clock;
import java.util.concurrent.Executor;

import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.core.time.Pause;
import dev.longhaul.simulator.fault.Faults;

/**
 * What all engines of a cluster share.
 *
 * @param uploads runs uploads; each takes a thread until it is done
 * @param freeze holds the writers of a volume while its snapshot begins
 */
public record EngineParts(Clock clock, Pause pause, LockPace lockPace, Executor uploads, Freeze freeze, Faults faults) {

}
