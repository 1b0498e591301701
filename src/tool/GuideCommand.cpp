#include <algorithm>
#include <memory>

#include "base/Files.h"
#include "catalogue/Catalogue.h"
#include "content/WardDirectory.h"
#include "form/Guide.h"
#include "publish/EntryMaker.h"
#include "publish/GuideSource.h"
#include "tool/Commands.h"
#include "tool/Faults.h"

namespace tram::tool {

using base::Result;

namespace {

constexpr std::size_t kMaxGuide = 1u << 20;

Result<publish::Faults> guideFaults(const std::string& path, const wire::LinkHosts& hosts,
                                    publish::Table& table) {
    const auto catalogue = catalogue::Catalogue::load(shareDirectory() / "catalogue");
    if (!catalogue) return tl::unexpected(catalogue.error());
    const auto wards = content::WardDirectory::load(shareDirectory() / "content");
    if (!wards) return tl::unexpected(wards.error());
    const auto text = base::readFile(path, kMaxGuide);
    if (!text) return tl::unexpected(text.error());
    const auto name = std::filesystem::path(path).filename().string();
    publish::Faults faults;
    table = publish::readGuide(*text, name, hosts, faults);
    const auto* kind = catalogue->kind("guide");
    if (!kind || table.rows.empty()) return faults;
    publish::EntryMaker maker(*kind, *wards);
    const auto before = faults.size();
    maker.checkColumns(table.columns, name, faults);
    if (faults.size() == before) maker.make(table.rows.front(), name, faults);
    table.tellPlaces(faults, before);
    return faults;
}

/// Where its codes lead, a line each: what somebody has to look at before it is signed.
void printLinks(Tool& tool, const form::Guide& guide) {
    std::vector<std::string> links;
    for (const auto platform : guide.platforms())
        for (const auto& step : guide.steps)
            if (auto link = guide.linkOf(step, platform);
                !link.empty() && std::ranges::find(links, link) == links.end())
                links.push_back(std::move(link));
    for (const auto& link : links) tool.print("tool.guide.link", {{"link", link}});
}

Result<void> checkGuide(Tool& tool, const std::string& path, const wire::LinkHosts& hosts) {
    publish::Table table;
    const auto faults = guideFaults(path, hosts, table);
    if (!faults) return tl::unexpected(faults.error());
    if (!faults->empty()) return printFaults(tool, *faults), Result<void>();
    return form::Guide::parse(table.rows.front().at("guide")).map([&](const form::Guide& guide) {
        tool.print("tool.guide.right", {{"steps", std::to_string(guide.steps.size())},
                                        {"troubles", std::to_string(guide.troubles.size())},
                                        {"outcomes", std::to_string(guide.outcomes.size())}});
        printLinks(tool, guide);
    });
}

}  // namespace

void addGuideCommand(CLI::App& app, Tool& tool) {
    auto file = std::make_shared<std::string>();
    auto hosts = std::make_shared<wire::LinkHosts>(wire::usualLinkHosts());
    CLI::App* guide = app.add_subcommand("guide", tool.say("tool.help.guide"))->require_subcommand(1);
    CLI::App* check = guide->add_subcommand("check", tool.say("tool.help.guide.check"));
    check->add_option("file", *file, tool.say("tool.help.guide.file"))->type_name("FILE")->required();
    check->add_option("--link-host", *hosts, tool.say("tool.help.guide.host"))->type_name("HOST");
    check->callback([&tool, file, hosts] {
        if (const auto done = checkGuide(tool, *file, *hosts); !done) tool.fail(done.error());
    });
}

}  // namespace tram::tool
