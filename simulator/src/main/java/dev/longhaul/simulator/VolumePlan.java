package dev.longhaul.simulator;

import java.io.IOException;
import java.nio.file.Path;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;

/**
 * A volume with a claim on it and files in it.
 *
 * @param size a multiple of 2 MiB
 * @param contents puts the first files into the volume's directory
 */
public record VolumePlan(VolumeName name, ByteSize size, ClaimRef claim, String storageClass, int replicas,
		Contents contents) {

	/** Of Longhorn's own chart. */
	public static final String USUAL_CLASS = "longhorn";

	/** One replica, the usual class and no files. */
	public static VolumePlan of(String name, ByteSize size, String claim) {
		return new VolumePlan(new VolumeName(name), size, ClaimRef.parse(claim), USUAL_CLASS, 1, files -> {
		});
	}

	public VolumePlan withContents(Contents other) {
		return new VolumePlan(name, size, claim, storageClass, replicas, other);
	}

	public VolumePlan withStorageClass(String other) {
		return new VolumePlan(name, size, claim, other, replicas, contents);
	}

	/** Fills a directory. */
	@FunctionalInterface
	public interface Contents {

		void writeTo(Path directory) throws IOException;

	}

}
