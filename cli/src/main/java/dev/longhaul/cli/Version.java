package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/**
 * The version of this build.
 */
final class Version implements IVersionProvider {

	@Override
	public String[] getVersion() {
		return new String[] { "longhaul %s (Java %s)".formatted(number(), Runtime.version()) };
	}

	/** The number alone. */
	static String number() {
		Properties build = new Properties();
		try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
			build.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the version that was built in cannot be read", ex);
		}
		return build.getProperty("version");
	}

}
