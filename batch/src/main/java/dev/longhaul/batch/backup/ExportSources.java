package dev.longhaul.batch.backup;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.cluster.CommandStreams;
import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.core.export.Dump;
import dev.longhaul.core.export.ExportSource;
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.RepositoryBundle;
import dev.longhaul.core.export.RepositoryBundles;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams of exports come from.
 */
public final class ExportSources {

	private final CommandStreams commands;

	private final DeclaredObjects objects;

	private final RepositoryBundles repository;

	public ExportSources(CommandStreams commands, DeclaredObjects objects, RepositoryBundles repository) {
		this.commands = commands;
		this.objects = objects;
		this.repository = repository;
	}

	/**
	 * @return closed by the caller
	 * @throws dev.longhaul.core.failure.LonghaulException if it cannot be begun
	 */
	Opened open(ExportSource source, ApplicationDefinition application) {
		if (source instanceof Dump dump) {
			return new Opened(dump.origin(), commands.stream(dump.place(), dump.command(), dump.timeout()), null);
		}
		if (source instanceof RepositoryBundle) {
			RepositoryBundles.Bundle bundle = repository.make();
			return new Opened(source.origin() + " " + bundle.origin(), bundle.content(), null);
		}
		DeclaredObjects.Listing listing = objects.list(application.namespaces());
		return new Opened("%s, %d of %s".formatted(source.origin(), listing.count(), application.namespaces()),
				new ByteArrayInputStream(listing.document().getBytes(StandardCharsets.UTF_8)), listing.inForce());
	}

	/**
	 * A stream that was begun.
	 *
	 * @param origin what it is of, beginning with the words of its source
	 * @param content fails when it is cut, and ends only otherwise
	 * @param inForce what runs meanwhile; null if its source does not tell
	 */
	record Opened(String origin, InputStream content, @Nullable InForce inForce) {
	}

}
