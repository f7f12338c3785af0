package dev.longhaul.benchmarks;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.scheduler.ledger.ApplicationDetails;
import dev.longhaul.scheduler.ledger.Coverage;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.ledger.Page;
import dev.longhaul.scheduler.ledger.PointDetails;
import dev.longhaul.scheduler.ledger.ReadingDay;
import dev.longhaul.scheduler.ledger.Refreshed;
import dev.longhaul.scheduler.ledger.StoredPoint;
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
 * How long pages wait for what they show, with the heap of a server: the 95th percentile
 * counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx200m")
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 10)
public class LedgerBenchmark {

	private static final ApplicationName SOME = new ApplicationName("application-0042");

	private @Nullable Ledger filled;

	@Setup(Level.Trial)
	public void fill(LedgerState state) {
		Ledger ledger = state.emptyLedger();
		ledger.refresh();
		this.filled = ledger;
	}

	@Benchmark
	public Overview overview() {
		return ledger().overview();
	}

	@Benchmark
	public ApplicationDetails application() {
		return ledger().application(SOME, MadeCatalog.LAST).orElseThrow();
	}

	@Benchmark
	public Page<StoredPoint> hundredRestorePoints() {
		return ledger().restorePoints(SOME, null, 100);
	}

	@Benchmark
	public PointDetails restorePoint() {
		return ledger().restorePoint(SOME, MadeCatalog.lastNight()).orElseThrow();
	}

	@Benchmark
	public List<ReadingDay> yearOfReadings() {
		LocalDate today = LocalDate.parse("2026-11-23");
		return ledger().readings(today.minusYears(1), today);
	}

	@Benchmark
	public List<Coverage> coverage() {
		return ledger().coverage(MadeCatalog.LAST, Duration.ofDays(30));
	}

	@Benchmark
	public Refreshed idleRefresh() {
		return ledger().refresh();
	}

	private Ledger ledger() {
		if (filled == null) {
			throw new IllegalStateException("there is no ledger yet");
		}
		return filled;
	}

}
