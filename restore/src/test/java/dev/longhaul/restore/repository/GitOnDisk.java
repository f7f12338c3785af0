package dev.longhaul.restore.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Repositories made by Git itself.
 */
final class GitOnDisk {

	private final Path work;

	GitOnDisk(Path work) throws IOException {
		this.work = Files.createDirectories(work);
		git(work, "init", "--quiet", "--initial-branch", "main");
	}

	/** A commit with some bytes in it, and its id. */
	String commit(String name, int bytes) throws IOException {
		byte[] content = new byte[bytes];
		new Random(name.hashCode()).nextBytes(content);
		Files.write(work.resolve(name), content);
		git(work, "add", "--all");
		git(work, "commit", "--quiet", "--message", name);
		return git(work, "rev-parse", "HEAD");
	}

	void branch(String name) throws IOException {
		git(work, "checkout", "--quiet", "-B", name);
	}

	void back(String commit) throws IOException {
		git(work, "reset", "--quiet", "--hard", commit);
	}

	/** As Gitea has it. */
	Path bare(Path directory) throws IOException {
		git(work, "clone", "--quiet", "--bare", "--no-hardlinks", work.toString(), directory.toString());
		git(directory, "gc", "--quiet", "--prune=now");
		return directory;
	}

	Path bundle(Path file) throws IOException {
		git(work, "bundle", "create", "--quiet", file.toString(), "HEAD", "--branches", "--tags");
		return file;
	}

	static String git(Path directory, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@example.org",
				"-c", "safe.directory=*", "-c", "commit.gpgsign=false"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null"));
		Process process = builder.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		try {
			if (process.waitFor() != 0) {
				throw new IOException(String.join(" ", command) + ": " + said);
			}
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		return said;
	}

}
