#include <iostream>
#include <map>
#include <memory>

#include "base/Clock.h"
#include "catalogue/Catalogue.h"
#include "content/WardDirectory.h"
#include "crypto/FileHash.h"
#include "pack/PackFile.h"
#include "pack/PackWriter.h"
#include "publish/PackDiff.h"
#include "publish/PackSources.h"
#include "store/Database.h"
#include "tool/Commands.h"
#include "tool/Faults.h"
#include "tool/Harmless.h"

namespace tram::tool {

using base::Result;
using pack::PackFile;

namespace {

struct Paths {
    std::string first, second, at;
};

Result<publish::Collected> collect(const Paths& paths) {
    auto now = base::SystemClock().wall();
    if (!paths.at.empty() && !base::fromRfc3339(paths.at, now))
        return base::fail(base::ProblemKind::Malformed, {{"key", "at"}});
    const auto catalogue = catalogue::Catalogue::load(shareDirectory() / "catalogue");
    if (!catalogue) return tl::unexpected(catalogue.error());
    const auto wards = content::WardDirectory::load(shareDirectory() / "content");
    if (!wards) return tl::unexpected(wards.error());
    return publish::collect(paths.first, *catalogue, *wards, now);
}

Result<void> inspect(const Tool& tool, const std::string& file) {
    const auto opened = PackFile::open(file);
    if (!opened) return tl::unexpected(opened.error());
    const auto hash = crypto::sha256OfFile(file);
    if (!hash) return tl::unexpected(hash.error());
    std::map<std::string, int> kinds;
    opened->each([&](const pack::Entry& entry) { ++kinds[entry.kind]; });
    const auto& about = opened->about();
    tool.print("tool.pack.about", {{"name", about.name},
                                   {"source", about.source},
                                   {"as_of", about.asOf},
                                   {"count", std::to_string(opened->size())},
                                   {"bytes", std::to_string(std::filesystem::file_size(file))},
                                   {"sha256", *hash}});
    for (const auto& [kind, count] : kinds) std::cout << "  " << harmless(kind) << "  " << count << '\n';
    return {};
}

Result<void> build(Tool& tool, const Paths& paths) {
    auto collected = collect(paths);
    if (!collected) return tl::unexpected(collected.error());
    printWarnings(tool, collected->warnings);
    if (!collected->faults.empty()) return printFaults(tool, collected->faults), Result<void>();
    const auto written = pack::writePack(paths.second, collected->about, std::move(collected->entries),
                                         std::move(collected->listedBy));
    if (!written) return written;
    return inspect(tool, paths.second);
}

/// For scripts: ends with 1 when there is a difference, as diff(1).
Result<void> diff(Tool& tool, const Paths& paths) {
    const auto before = PackFile::open(paths.first);
    if (!before) return tl::unexpected(before.error());
    const auto after = PackFile::open(paths.second);
    if (!after) return tl::unexpected(after.error());
    for (const auto& [change, kind, id, title] : publish::differences(*before, *after)) {
        std::cout << "+-~"[static_cast<int>(change)] << ' ' << harmless(kind) << ' ' << harmless(id) << "  "
                  << harmless(title) << '\n';
        tool.exitCode = 1;
    }
    return {};
}

template <class Act>
void addAct(CLI::App& parent, Tool& tool, const char* name, std::pair<const char*, const char*> arguments,
            Act act) {
    auto paths = std::make_shared<Paths>();
    const std::string key = std::string("tool.help.pack.") + name;
    CLI::App* command = parent.add_subcommand(name, tool.say(key));
    command->add_option(arguments.first, paths->first, tool.say(key + ".first"))
        ->type_name("PATH")
        ->required();
    if (arguments.second)
        command->add_option(arguments.second, paths->second, tool.say(key + ".second"))
            ->type_name("FILE")
            ->required();
    if (std::string_view(name) == "build")
        command->add_option("--at", paths->at, tool.say("tool.help.pack.build.at"))->type_name("TIME");
    command->callback(
        [&tool, paths, act] { tryOnPack(tool, paths->first, [&] { return act(tool, *paths); }); });
}

}  // namespace

void tryOnPack(Tool& tool, const std::string& file, const std::function<Result<void>()>& act) {
    auto done = Result<void>();
    const auto read = store::Database::guarded([&] { done = act(); });
    if (!read) done = base::fail(base::ProblemKind::Malformed, {{"key", "pack"}, {"path", file}});
    if (!done) tool.fail(done.error());
}

void addPackCommand(CLI::App& app, Tool& tool) {
    CLI::App* pack = app.add_subcommand("pack", tool.say("tool.help.pack"));
    pack->require_subcommand(1);
    addAct(*pack, tool, "build", {"folder", "file"}, build);
    addAct(*pack, tool, "inspect", {"file", nullptr},
           [](Tool& asked, const Paths& paths) { return inspect(asked, paths.first); });
    addAct(*pack, tool, "diff", {"before", "after"}, diff);
    addPackMaking(*pack, tool);
    addPackSigning(*pack, tool);
}

}  // namespace tram::tool
