package dev.longhaul.restore.files;

import java.util.List;

import dev.longhaul.core.volume.ByteSize;

/**
 * What came out of a file system.
 *
 * @param files regular files, each once however many names it has
 * @param directories all but the one that holds them
 * @param links symbolic ones
 * @param others devices, pipes and sockets, which are listed and not made
 * @param size of all files together, holes included
 * @param problemCount how many files and directories did not come out as they were
 * @param problems the first of them; the list of files has all
 */
public record TreeReport(long files, long directories, long links, long others, ByteSize size, long problemCount,
		List<TreeProblem> problems) {

	public TreeReport {
		problems = List.copyOf(problems);
	}

}
