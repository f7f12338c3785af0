package dev.longhaul.benchmarks;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.backupstore.write.BackupMode;
import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.backupstore.write.UploadProgress;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
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
 * How long it takes to read a volume of 512 MiB back from a directory: reading,
 * decompressing and hashing, without a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class VerificationBenchmark {

	private static final ByteSize VOLUME = ByteSize.ofMebibytes(512);

	private static final BackupstoreLayout LAYOUT = new BackupstoreLayout("");

	@Param({ "1", "2", "8" })
	private int threads;

	private @Nullable TemporaryDirectory directory;

	private @Nullable ObjectStore store;

	@Setup(Level.Trial)
	public void makeBackup() throws IOException {
		TemporaryDirectory made = TemporaryDirectory.create();
		this.directory = made;
		this.store = new DirectoryObjectStore(made.path());
		BackupOrder order = new BackupOrder(new VolumeName("made"), new BackupName("backup-made"), BackupMode.FULL,
				BlockSize.MIB_2, CompressionMethod.LZ4, Map.of(), "", 2);
		LockPace pace = new LockPace(Duration.ZERO, Duration.ofMinutes(1));
		new BackupstoreWriter(store, LAYOUT, pace, Clock.systemUTC(), Pause.real())
			.backup(order, new MadeSnapshot(VOLUME), UploadProgress.NONE)
			.run();
	}

	@Benchmark
	public VerificationReport verify() {
		if (store == null) {
			throw new IllegalStateException("there is no backup yet");
		}
		return new Verifier(store, LAYOUT, Clock.systemUTC(), Pause.real(), new Concurrency(threads))
			.verify(Selection.ALL, VerificationListener.NONE);
	}

	@TearDown(Level.Trial)
	public void removeBackup() throws IOException {
		if (directory != null) {
			directory.close();
		}
	}

}
