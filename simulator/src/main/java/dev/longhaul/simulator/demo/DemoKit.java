package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.longhaul.core.failure.ExitStatus;

/**
 * The recovery kit of the demo's owner, and what opens it.
 */
record DemoKit(Path file, Path passphrase) {

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	/**
	 * Has one made, as long as there is a cluster.
	 * @param directory for both, empty
	 */
	static DemoKit make(Programs programs, DemoCluster cluster, Path directory) throws IOException {
		Files.createDirectories(directory);
		DemoKit kit = new DemoKit(directory.resolve("kit.age"), directory.resolve("passphrase"));
		Files.createFile(kit.passphrase(), OWNER_ONLY);
		Files.writeString(kit.passphrase(), DemoCluster.random());
		Path bootstrap = Files.writeString(directory.resolve("bootstrap.yaml"),
				DemoRepository.bootstrap(cluster.repositoryVolume(), cluster.variables()));
		int made = programs.longhaul(
				List.of("kit", "create", DemoCluster.TARGET.toString(), "--cluster", "home", "--bootstrap",
						bootstrap.toString(), "--passphrase-file", kit.passphrase().toString(), "--to",
						kit.file().toString(), "--page", directory.resolve("kit.html").toString()),
				cluster.variables());
		if (made != ExitStatus.PROVEN.code()) {
			throw new UnexpectedOutcome("the kit could not be made: exit code %d".formatted(made));
		}
		return kit;
	}

}
