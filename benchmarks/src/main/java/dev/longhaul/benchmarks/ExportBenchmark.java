package dev.longhaul.benchmarks;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes to keep a dump of 256 MiB in a directory: compressing, encrypting,
 * writing, and reading back what was written, without a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "-Xmx128m")
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class ExportBenchmark {

	private static final ByteSize DUMP = ByteSize.ofMebibytes(256);

	/** Nobody has the other half of it. */
	private static final Recipient SOMEBODY = new Recipient(
			"age12tnxdshnxjxjwh946fq8s2h0tm9ngrfc9q9h8yvhzx7vceyycgjs2mg68r");

	@Param({ "false", "true" })
	private boolean encrypted;

	private @Nullable TemporaryDirectory directory;

	@Setup(Level.Trial)
	public void makeDirectory() throws IOException {
		directory = TemporaryDirectory.create();
	}

	@Benchmark
	public StoredExport keep() {
		if (directory == null) {
			throw new IllegalStateException("there is no directory yet");
		}
		ExportOrder order = new ExportOrder(new Night(new JobName("nightly"), Instant.parse("2026-11-23T01:30:00Z")),
				new ApplicationName("cloud"), new ExportName("database"), "a made dump",
				encrypted ? List.of(SOMEBODY) : List.of());
		return new ExportArchive(new DirectoryObjectStore(directory.path()), new BackupstoreLayout(""), Pause.real(),
				Clock.systemUTC())
			.keep(order, new MadeDump(DUMP));
	}

	@TearDown(Level.Trial)
	public void removeDirectory() throws IOException {
		if (directory != null) {
			directory.close();
		}
	}

}
