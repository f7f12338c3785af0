package dev.longhaul.core.export;

/**
 * An export of what is declared in the namespaces of an application: Kubernetes' objects,
 * in one document that {@code kubectl apply} takes.
 */
public record ObjectList() implements ExportSource {

	private static final ExportName NAME = new ExportName("objects");

	@Override
	public ExportName name() {
		return NAME;
	}

	@Override
	public String origin() {
		return "Kubernetes objects";
	}

}
