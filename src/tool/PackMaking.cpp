// What goes with packs: the sketch map, and a made-up city of any size.
#include <iostream>
#include <memory>

#include "base/Files.h"
#include "publish/BigCity.h"
#include "publish/SketchSource.h"
#include "tool/Commands.h"
#include "tool/Faults.h"

namespace tram::tool {

using base::Result;

namespace {

constexpr std::size_t kMaxGeoJson = 64u << 20, kMaxEntries = 500'000;

struct Making {
    std::string from, to;
    std::size_t entries = 100'000;
    std::uint32_t seed = 1;
};

Result<void> makeMap(Tool& tool, const Making& asked) {
    const auto bytes = base::readFile(asked.from, kMaxGeoJson);
    if (!bytes) return tl::unexpected(bytes.error());
    publish::Faults faults;
    const auto sketch =
        publish::readSketch(*bytes, std::filesystem::path(asked.from).filename().string(), faults);
    if (!sketch) return printFaults(tool, faults), Result<void>();
    const auto made = sketch->toBytes();
    if (auto read = map::Sketch::parse(made); !read) return tl::unexpected(read.error());
    if (auto written = base::writeFileAtomically(asked.to, made, 0644); !written) return written;
    tool.print("tool.pack.map", {{"count", std::to_string(sketch->shapes().size())},
                                 {"bytes", std::to_string(made.size())},
                                 {"note", sketch->note().vi + " / " + sketch->note().en}});
    return {};
}

Result<void> makeSample(Tool& tool, const Making& asked) {
    const auto catalogue = catalogue::Catalogue::load(shareDirectory() / "catalogue");
    if (!catalogue) return tl::unexpected(catalogue.error());
    const auto wards = content::WardDirectory::load(shareDirectory() / "content");
    if (!wards) return tl::unexpected(wards.error());
    const auto names = publish::CityNames::load(shareDirectory() / "demo" / "big_city.json");
    if (!names) return tl::unexpected(names.error());
    return publish::writeBigCity(asked.to, *names, asked.entries, asked.seed, tool.say("tool.pack.sample"),
                                 *catalogue, *wards);
}

template <class Act>
void run(CLI::App& command, Tool& tool, const std::shared_ptr<Making>& asked, Act act) {
    command.callback([&tool, asked, act] {
        if (auto done = act(tool, *asked); !done) tool.fail(done.error());
    });
}

}  // namespace

void addPackMaking(CLI::App& pack, Tool& tool) {
    const auto asked = std::make_shared<Making>();
    auto* sketch = pack.add_subcommand("map", tool.say("tool.help.pack.map"));
    sketch->add_option("geojson", asked->from, tool.say("tool.help.pack.map.first"))
        ->type_name("GEOJSON")
        ->required();
    sketch->add_option("file", asked->to, tool.say("tool.help.pack.map.second"))
        ->type_name("FILE")
        ->required();
    run(*sketch, tool, asked, makeMap);

    auto* sample = pack.add_subcommand("sample", tool.say("tool.help.pack.sample"));
    sample->add_option("folder", asked->to, tool.say("tool.help.pack.sample.first"))
        ->type_name("PATH")
        ->required();
    sample->add_option("--entries", asked->entries, tool.say("tool.help.pack.sample.entries"))
        ->check(CLI::Range(std::size_t{1}, kMaxEntries));
    sample->add_option("--seed", asked->seed, tool.say("tool.help.pack.sample.seed"));
    run(*sample, tool, asked, makeSample);
}

}  // namespace tram::tool
