package dev.longhaul.benchmarks;

import java.util.concurrent.TimeUnit;

import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.ledger.Refreshed;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes until a server whose database was deleted knows everything again,
 * with the heap of a server and a bucket that answers at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx200m")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class LedgerRefreshBenchmark {

	private @Nullable Ledger empty;

	@Setup(Level.Iteration)
	public void empty(LedgerState state) {
		this.empty = state.emptyLedger();
	}

	@Benchmark
	public Refreshed firstRefresh() {
		if (empty == null) {
			throw new IllegalStateException("there is no ledger yet");
		}
		return empty.refresh();
	}

}
