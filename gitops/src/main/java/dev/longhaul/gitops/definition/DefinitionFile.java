package dev.longhaul.gitops.definition;

/**
 * A file that may hold definitions.
 *
 * @param folder the name of the folder it is in, which says what it may hold
 * @param file its path for people, with {@code /}: {@code longhaul/jobs/nightly.yaml}
 * @param text what it holds, or its beginning if it is longer than {@link #LONGEST}
 */
public record DefinitionFile(String folder, String file, String text) {

	/** In bytes. More is refused, so no more needs to be read. */
	public static final int LONGEST = 1024 * 1024;

	/**
	 * @param file its path, with {@code /}
	 */
	public static DefinitionFile of(String file, String text) {
		int end = file.lastIndexOf('/');
		String directory = file.substring(0, Math.max(0, end));
		return new DefinitionFile(directory.substring(directory.lastIndexOf('/') + 1), file, text);
	}

	/** Such as {@code .gitkeep}. */
	boolean isHidden() {
		return file.startsWith(".", file.lastIndexOf('/') + 1);
	}

}
