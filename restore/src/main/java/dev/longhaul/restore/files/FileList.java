package dev.longhaul.restore.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.ext4.Inode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The list that lies beside a tree: for each file a JSON object in a line of its own,
 * with what an ordinary user cannot give it (owner, special bits) and what became of it.
 */
final class FileList implements AutoCloseable {

	/** Told with the result; the list has all. */
	private static final int TOLD = 100;

	private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("\n").build();

	private final JsonGenerator json;

	private final List<TreeProblem> problems = new ArrayList<>();

	private long problemCount;

	private long files;

	private long directories;

	private long links;

	private long others;

	private long bytes;

	/**
	 * @param file must not exist; only its owner may read it
	 */
	FileList(Path file) throws IOException {
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		this.json = FACTORY.createGenerator(ObjectWriteContext.empty(),
				new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE)), JsonEncoding.UTF8);
	}

	/** A file that was made, or was found and cannot be. */
	void add(Line line) throws IOException {
		count(line);
		if (line.problem() != null) {
			tell(line.path(), line.problem());
		}
		try {
			write(line);
		}
		catch (JacksonException ex) {
			throw new IOException(ex.getOriginalMessage(), ex);
		}
	}

	private void count(Line line) {
		Inode inode = line.inode();
		if (inode == null || line.sameAs() != null) {
			return;
		}
		switch (inode.kind()) {
			case FILE -> {
				files += line.isMade() ? 1 : 0;
				bytes += line.isMade() ? inode.size() : 0;
			}
			case DIRECTORY -> directories += line.isMade() && !line.path().isEmpty() ? 1 : 0;
			case LINK -> links += line.isMade() ? 1 : 0;
			default -> others++;
		}
	}

	private void tell(String path, String what) {
		problemCount++;
		if (problems.size() < TOLD) {
			problems.add(new TreeProblem(path, what));
		}
	}

	private void write(Line line) {
		json.writeStartObject();
		json.writeStringProperty("path", line.path());
		writeOptional("pathBytes", line.pathBytes());
		Inode inode = line.inode();
		if (inode != null) {
			json.writeStringProperty("type", inode.kind().word());
			json.writeStringProperty("mode", "%04o".formatted(inode.permissions()));
			json.writeNumberProperty("uid", inode.uid());
			json.writeNumberProperty("gid", inode.gid());
			json.writeStringProperty("mtime", inode.modified().toString());
			if (inode.kind() == Inode.Kind.FILE) {
				json.writeNumberProperty("size", inode.size());
			}
		}
		writeOptional("target", line.target());
		writeOptional("sameAs", line.sameAs());
		writeOptional("sha256", line.sha256());
		writeOptional("problem", line.problem());
		json.writeEndObject();
	}

	private void writeOptional(String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
	}

	TreeReport report() {
		return new TreeReport(files, directories, links, others, new ByteSize(bytes), problemCount, problems);
	}

	/** Puts the rest of it into the file. */
	@Override
	public void close() throws IOException {
		try {
			json.close();
		}
		catch (JacksonException ex) {
			throw new IOException(ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * One file.
	 *
	 * @param path in the tree, as it was made; empty for the tree itself
	 * @param pathBytes its path in the file system in base64, if that is another
	 * @param inode null if it cannot be read
	 * @param target of a link
	 * @param sameAs the path under which the same file was made before
	 * @param sha256 of its content as it was made; null for what is no file and where
	 * holes would take too long
	 * @param problem null if it came out as it was
	 * @param isMade whether there is something at the path
	 */
	record Line(String path, @Nullable String pathBytes, @Nullable Inode inode, @Nullable String target,
			@Nullable String sameAs, @Nullable String sha256, @Nullable String problem, boolean isMade) {

		static Line of(TreePlace place) {
			return new Line(place.path(), place.storedBytes(), null, null, null, null, null, true);
		}

		Line with(Inode known) {
			return new Line(path, pathBytes, known, target, sameAs, sha256, problem, isMade);
		}

		Line leadingTo(String where) {
			return new Line(path, pathBytes, inode, where, sameAs, sha256, problem, isMade);
		}

		Line sameAs(String first) {
			return new Line(path, pathBytes, inode, target, first, sha256, problem, isMade);
		}

		Line hashed(@Nullable String hash) {
			return new Line(path, pathBytes, inode, target, sameAs, hash, problem, isMade);
		}

		/** It was made, and is not as it was. */
		Line but(@Nullable String what) {
			return new Line(path, pathBytes, inode, target, sameAs, sha256, what, isMade);
		}

		Line missing(String why) {
			return new Line(path, pathBytes, inode, target, sameAs, sha256, why, false);
		}

		/** It is not made, and nothing is lost by that. */
		Line listedOnly() {
			return new Line(path, pathBytes, inode, target, sameAs, sha256, problem, false);
		}

	}

}
