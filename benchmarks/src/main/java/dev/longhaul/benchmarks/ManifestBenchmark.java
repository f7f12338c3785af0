package dev.longhaul.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes to read the manifest of a full volume of 200 GiB, which has 102,400
 * blocks and some 20 MB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ManifestBenchmark {

	private static final int BLOCKS = 102_400;

	private static final long BLOCK_SIZE = 2L * 1024 * 1024;

	private byte[] manifest = {};

	@Setup
	public void writeManifest() {
		StringBuilder json = new StringBuilder("""
				{"Name":"backup-made","VolumeName":"made","SnapshotName":"made",\
				"SnapshotCreatedAt":"2026-11-22T02:30:00Z","CreatedTime":"2026-11-22T02:31:00Z",\
				"Size":"%d","Labels":{},"Parameters":{},"IsIncremental":false,"CompressionMethod":"lz4",\
				"NewlyUploadDataSize":"1","ReUploadedDataSize":"0","BlockSize":"2097152",\
				"ProcessingBlocks":null,"Blocks":[""".formatted(BLOCKS * BLOCK_SIZE));
		for (int block = 0; block < BLOCKS; block++) {
			byte[] content = Integer.toString(block).getBytes(StandardCharsets.US_ASCII);
			json.append((block > 0) ? "," : "")
				.append("{\"Offset\":%d,\"BlockChecksum\":\"%s\"}".formatted(block * BLOCK_SIZE,
						Checksum.of(content, content.length)));
		}
		manifest = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
	}

	@Benchmark
	public ReadManifest parse() throws IOException, MalformedException {
		return BackupManifestParser.parse(new ByteArrayInputStream(manifest), new VolumeName("made"),
				new BackupName("backup-made"), BlockConsumer.NONE);
	}

}
