package dev.longhaul.simulator.kubelet;

import java.nio.file.Path;

/**
 * A directory or file of this machine at a place in a container.
 *
 * @param target an absolute path in the container
 */
record Mount(Path source, String target, Access access) {

	enum Access {

		READ_WRITE("rw"), READ_ONLY("ro");

		private final String option;

		Access(String option) {
			this.option = option;
		}

		String option() {
			return option;
		}

	}

}
