package dev.longhaul.backupstore.target;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Where a backup target is, as its URL says. The URL holds no secret.
 */
public sealed interface TargetUrl {

	/**
	 * Parses {@code s3://bucket@region/path}, as Longhorn writes it, or
	 * {@code file:///directory} for a directory that holds {@code backupstore/}.
	 * @throws RefusedRequest if it is neither, with what is wrong
	 */
	static TargetUrl parse(String url) {
		if (url.startsWith("s3://")) {
			return S3.parse(url);
		}
		if (url.startsWith("file:")) {
			return Directory.parse(url);
		}
		Matcher scheme = Pattern.compile("([a-z][a-z0-9+.-]*)://.*").matcher(url);
		String fact = scheme.matches() ? "'%s' is a scheme that is not read".formatted(scheme.group(1))
				: "'%s' is not the URL of a backup target".formatted(url);
		throw new RefusedRequest(FailureCode.INVALID_TARGET_URL, fact, HINT);
	}

	/** Whether somebody else's URL means this place. */
	default boolean isNamedBy(String url) {
		try {
			return parse(url).equals(this);
		}
		catch (RefusedRequest ex) {
			return false;
		}
	}

	/** What to write instead of a wrong URL. */
	String HINT = "write s3://bucket@region/path, as in Longhorn's backup target, or file:///directory";

	/** The path within the bucket or directory: empty, or ending with a slash. */
	String path();

	/**
	 * A bucket.
	 *
	 * @param region as the endpoint names it, such as {@code eu-central-003}
	 */
	record S3(String bucket, String region, String path) implements TargetUrl {

		private static final Pattern FORM = Pattern.compile("s3://([^@/]*)(?:@([^/]*))?(/.*)?");

		private static final Pattern BUCKET = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{1,61}[a-zA-Z0-9]");

		private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

		static S3 parse(String url) {
			Matcher form = FORM.matcher(url);
			if (!form.matches() || !BUCKET.matcher(form.group(1)).matches()) {
				throw refused("'%s' names no bucket of 3 to 63 letters, digits, '.', '_' and '-'".formatted(url));
			}
			if (form.group(2) == null || !REGION.matcher(form.group(2)).matches()) {
				throw refused("'%s' names no region".formatted(url));
			}
			if (form.group(3) == null) {
				throw refused("'%s' has no path; Longhorn wants at least a '/' after the region".formatted(url));
			}
			return new S3(form.group(1), form.group(2), normalised(url, form.group(3)));
		}

		private static String normalised(String url, String path) {
			StringBuilder normalised = new StringBuilder();
			for (String segment : path.split("/", -1)) {
				if (segment.equals(".") || segment.equals("..") || segment.contains("$") || segment.contains(",")) {
					throw refused("'%s' has the segment '%s' in its path".formatted(url, segment));
				}
				normalised.append(segment).append(segment.isEmpty() ? "" : "/");
			}
			return normalised.toString();
		}

		@Override
		public String toString() {
			return "s3://" + bucket + "@" + region + "/" + path;
		}

	}

	/**
	 * A directory of this machine.
	 *
	 * @param root absolute
	 */
	record Directory(Path root) implements TargetUrl {

		static Directory parse(String url) {
			if (!url.startsWith("file:///")) {
				throw refused("'%s' is not an absolute file URL".formatted(url));
			}
			try {
				return new Directory(Path.of(url.substring("file://".length())).normalize());
			}
			catch (InvalidPathException ex) {
				throw new RefusedRequest(FailureCode.INVALID_TARGET_URL,
						"'%s' is not a path of this machine".formatted(url), HINT, ex);
			}
		}

		@Override
		public String path() {
			return "";
		}

		@Override
		public String toString() {
			return "file://" + root;
		}

	}

	private static RefusedRequest refused(String fact) {
		return new RefusedRequest(FailureCode.INVALID_TARGET_URL, fact, HINT);
	}

}
