package dev.longhaul.core.export;

import java.util.Comparator;
import java.util.List;

/**
 * What of an application was running: the versions with which its data were written.
 *
 * @param images of the containers that ran, by name, none twice
 * @param charts as the label {@code helm.sh/chart} names them with their version, such as
 * {@code gitea-10.6.0}, none twice
 */
public record InForce(List<Image> images, List<String> charts) {

	public InForce {
		images = images.stream().distinct().sorted(Comparator.comparing(Image::name).thenComparing(Image::id)).toList();
		charts = charts.stream().distinct().sorted().toList();
	}

	/**
	 * An image as a node ran it.
	 *
	 * @param name as it is declared: {@code gitea/gitea:1.24}
	 * @param id with the digest by which any registry hands out the same one:
	 * {@code docker.io/gitea/gitea@sha256:...}
	 */
	public record Image(String name, String id) {
	}

}
