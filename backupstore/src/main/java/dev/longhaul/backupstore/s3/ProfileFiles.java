package dev.longhaul.backupstore.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The AWS profile files of the machine. The SDK reads them whenever it builds a client,
 * whatever its builder is told, and fails on one it cannot parse.
 */
final class ProfileFiles {

	/** Where the SDK looks for them; these win over environment and home directory. */
	private static final String[] LOCATIONS = { "aws.configFile", "aws.sharedCredentialsFile" };

	/** Not a regular file, so the SDK takes it for an absent one. */
	private static final String NOWHERE = "/dev/null";

	private ProfileFiles() {
	}

	/** Builds something while there seem to be none; one at a time. */
	static synchronized <T> T hiddenFrom(Supplier<T> build) {
		Map<String, String> before = new LinkedHashMap<>();
		for (String location : LOCATIONS) {
			before.put(location, System.getProperty(location, ""));
			System.setProperty(location, NOWHERE);
		}
		try {
			return build.get();
		}
		finally {
			before.forEach(ProfileFiles::restore);
		}
	}

	private static void restore(String location, String value) {
		if (value.isEmpty()) {
			System.clearProperty(location);
		}
		else {
			System.setProperty(location, value);
		}
	}

}
