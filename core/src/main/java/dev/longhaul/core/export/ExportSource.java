package dev.longhaul.core.export;

/**
 * What an export is made of, as an application declares it.
 */
public sealed interface ExportSource permits Dump, ObjectList, RepositoryBundle {

	/** Distinct within an application. */
	ExportName name();

	/**
	 * What it is of, for people, in a few words. What is recorded begins with them, and
	 * may say more.
	 */
	String origin();

}
