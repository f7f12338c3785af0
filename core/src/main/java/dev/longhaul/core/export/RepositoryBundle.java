package dev.longhaul.core.export;

/**
 * An export of the repository that declares the applications: all of it, in one file that
 * {@code git clone} takes.
 */
public record RepositoryBundle() implements ExportSource {

	private static final ExportName NAME = new ExportName("repository");

	@Override
	public ExportName name() {
		return NAME;
	}

	@Override
	public String origin() {
		return "Git repository";
	}

	/** Whether a kept export is one. */
	public boolean isSourceOf(StoredExport export) {
		return export.name().equals(NAME) && export.origin().startsWith(origin());
	}

}
