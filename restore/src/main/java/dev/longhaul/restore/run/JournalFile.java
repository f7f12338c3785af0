package dev.longhaul.restore.run;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A journal as a file, a JSON object a line. It is locked while it is open, so that no
 * two runs of a plan work side by side from one machine. A last line that was cut by a
 * kill is left out.
 */
public final class JournalFile implements RestoreJournal, AutoCloseable {

	/** The first line has the hash of a plan, and nothing long. */
	private static final int LONGEST_FIRST_LINE = 1024;

	private static final JsonFactory JSON = new JsonFactory();

	private final Path file;

	private final FileChannel channel;

	private JournalFile(Path file, FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * @throws RefusedRequest if it cannot be written, or another run has it open
	 */
	public static JournalFile open(Path file) {
		try {
			FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
					StandardOpenOption.WRITE);
			if (lock(channel) == null) {
				channel.close();
				throw new RefusedRequest(FailureCode.ALREADY_RUNNING,
						"another run has the journal '%s' open".formatted(file),
						"wait until it ends; if its terminal is gone, look for its process");
			}
			return new JournalFile(file, channel);
		}
		catch (IOException ex) {
			throw notWritable(file, ex);
		}
	}

	private static @Nullable FileLock lock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	@Override
	public Instant begin(String planHash, Instant now) {
		try {
			String first = firstLine();
			if (first.isEmpty()) {
				channel.truncate(0);
				record(now, "begun", planHash);
				return now;
			}
			Entry entry = parse(first);
			if (!entry.subject().equals(planHash)) {
				throw new RefusedRequest(
						FailureCode.PLAN_CHANGED, "the journal '%s' is of plan %s, and this is plan %s".formatted(file,
								entry.subject(), planHash),
						"go on with the plan that was begun, or name another file with --journal");
			}
			cutHalfLine();
			record(now, "resumed", planHash);
			return entry.at();
		}
		catch (IOException ex) {
			throw notWritable(file, ex);
		}
		catch (MalformedException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"'%s' is no journal of a restore: %s".formatted(file, ex.getMessage()),
					"name another file with --journal", ex);
		}
	}

	/** Empty if there is none that is whole: then nothing was done yet. */
	private String firstLine() throws IOException {
		ByteBuffer head = ByteBuffer.allocate(LONGEST_FIRST_LINE);
		for (int read = 0; read >= 0 && head.hasRemaining();) {
			read = channel.read(head, head.position());
		}
		String text = StandardCharsets.UTF_8.decode(head.flip()).toString();
		int end = text.indexOf('\n');
		if (end < 0 && text.length() == LONGEST_FIRST_LINE) {
			throw new IOException("its first line has no end");
		}
		return (end < 0) ? "" : text.substring(0, end);
	}

	private void cutHalfLine() throws IOException {
		long end = channel.size();
		ByteBuffer last = ByteBuffer.allocate(1);
		while (end > 0) {
			last.clear();
			if (channel.read(last, end - 1) == 1 && last.get(0) == '\n') {
				break;
			}
			end--;
		}
		channel.truncate(end);
	}

	private record Entry(Instant at, String subject) {
	}

	private static Entry parse(String line) throws MalformedException {
		return JsonDocument.read(line.getBytes(StandardCharsets.UTF_8)).all(JournalFile::entry);
	}

	private static Entry entry(JsonFields fields) throws MalformedException {
		Instant at = fields.instant("at");
		if (!fields.string("event").equals("begun")) {
			throw new MalformedException("it does not begin with the beginning of a restore");
		}
		return new Entry(at, fields.string("subject"));
	}

	@Override
	public void record(Instant at, String event, String subject) {
		StringWriter line = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
			json.writeStartObject();
			json.writeStringProperty("at", at.toString());
			json.writeStringProperty("event", event);
			json.writeStringProperty("subject", subject);
			json.writeEndObject();
		}
		ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
		try {
			while (bytes.hasRemaining()) {
				channel.write(bytes, channel.size());
			}
			channel.force(false);
		}
		catch (IOException ex) {
			throw notWritable(file, ex);
		}
	}

	@Override
	public void close() {
		try {
			channel.close();
		}
		catch (IOException ex) {
			throw notWritable(file, ex);
		}
	}

	/** The one that lies beside a plan. */
	public static Path beside(Path plan) {
		return plan.resolveSibling(plan.getFileName() + ".journal");
	}

	private static RefusedRequest notWritable(Path file, IOException cause) {
		String why = Files.isDirectory(file) ? "it is a directory" : String.valueOf(cause.getMessage());
		return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
				"the journal '%s' cannot be written: %s".formatted(file, why), "name another file with --journal",
				cause);
	}

}
