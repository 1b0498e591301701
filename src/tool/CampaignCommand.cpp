#include <algorithm>
#include <iostream>
#include <memory>

#include "base/Files.h"
#include "campaign/Poster.h"
#include "campaign/Progress.h"
#include "content/WardCampaigns.h"
#include "content/WardDirectory.h"
#include "paper/Typeset.h"
#include "tool/Commands.h"
#include "tool/Harmless.h"
#include "tool/StationLine.h"

namespace tram::tool {

using base::Result;
using campaign::Progress;

namespace {

struct PosterOptions {
    std::string id, file;
};

struct ToldCampaigns {
    wire::EnrolmentAnswer station;
    wire::Campaigns told;
};

/// As the gateway tells now, else as it told last.
Result<ToldCampaigns> campaignsFor(const Tool& tool) {
    const auto config = tool.loadConfig();
    if (!config) return tl::unexpected(config.error());
    const base::SystemClock clock;
    const auto station = StationLine::open(*config, clock);
    if (!station) return tl::unexpected(station.error());
    content::WardCampaigns cache(config->dataDir);
    const auto updated = cache.update(*station->gateway, station->answer.wardCode);
    auto told = cache.read();
    if (!told) return tl::unexpected(updated ? told.error() : updated.error());
    if (!updated)
        std::cerr << tool.say("tool.campaign.kept") << ' ' << wordsFor(tool.words, updated.error()) << '\n';
    return ToldCampaigns{station->answer, std::move(*told)};
}

std::string progressText(const Tool& tool, const Progress& progress) {
    return tool.say("tool.campaign.progress", {{"counted", std::to_string(progress.counted)},
                                               {"target", std::to_string(progress.target)},
                                               {"percent", std::to_string(progress.percent())}});
}

void printCampaign(const Tool& tool, const wire::Campaign& campaign) {
    const auto& language = tool.words.language();
    std::cout << campaign.id << ": " << harmless(campaign.title.in(language)) << '\n';
    tool.print("tool.campaign.until",
               {{"from", calendar::shown(campaign.from)},
                {"to", calendar::shown(campaign.deadline)},
                {"progress", progressText(tool, {campaign.counted(), campaign.target()})}});
    for (const auto& unit : campaign.units) {
        const auto last = unit.last.empty() ? tool.say("tool.campaign.silent") : calendar::shown(unit.last);
        std::cout << "  " << harmless(unit.name) << '\t' << progressText(tool, {unit.counted, unit.target()})
                  << '\t' << last << '\n';
    }
    for (const auto& obstacle : campaign.obstacles)
        tool.print("tool.campaign.obstacle",
                   {{"reason", obstacle.reason}, {"count", std::to_string(obstacle.count)}});
}

Result<void> listCampaigns(const Tool& tool) {
    const auto all = campaignsFor(tool);
    if (!all) return tl::unexpected(all.error());
    tool.print("tool.campaign.head", {{"ward", all->told.ward}, {"as_of", all->told.asOf}});
    for (const auto& campaign : all->told.all) printCampaign(tool, campaign);
    if (all->told.all.empty()) tool.print("tool.campaign.none");
    return {};
}

Result<void> writePoster(const Tool& tool, const PosterOptions& options) {
    const auto all = campaignsFor(tool);
    if (!all) return tl::unexpected(all.error());
    const auto found = std::ranges::find(all->told.all, options.id, &wire::Campaign::id);
    if (found == all->told.all.end()) return base::fail(base::ProblemKind::NotFound);
    const auto vi = base::Words::load(shareDirectory() / "locale", "vi");
    if (!vi) return tl::unexpected(vi.error());
    const auto en = base::Words::load(shareDirectory() / "locale", "en");
    if (!en) return tl::unexpected(en.error());
    const auto wards = content::WardDirectory::load(shareDirectory() / "content");
    if (!wards) return tl::unexpected(wards.error());
    const auto* ward = wards->byCode(all->told.ward);
    const campaign::PosterMaker maker{*vi, *en, all->station.publicUrl,
                                      ward ? ward->fullName : all->told.ward};
    const auto pdf = paper::typeset(maker.sheet(*found), paper::Stock::A4);
    if (!pdf) return tl::unexpected(pdf.error());
    return base::writeFileAtomically(
        options.file, {reinterpret_cast<const char*>(pdf->bytes().data()), pdf->bytes().size()}, 0644);
}

}  // namespace

void addCampaignCommand(CLI::App& app, Tool& tool) {
    CLI::App* group = app.add_subcommand("campaign", tool.say("tool.help.campaign"))->require_subcommand(1);
    group->add_subcommand("list", tool.say("tool.help.campaign.list"))->callback([&tool] {
        if (const auto done = listCampaigns(tool); !done) tool.fail(done.error());
    });
    auto options = std::make_shared<PosterOptions>();
    CLI::App* poster = group->add_subcommand("poster", tool.say("tool.help.campaign.poster"));
    poster->add_option("id", options->id, tool.say("tool.help.campaign.id"))->type_name("ID")->required();
    poster->add_option("file", options->file, tool.say("tool.help.campaign.file"))
        ->type_name("FILE")
        ->required();
    poster->callback([&tool, options] {
        if (const auto done = writePoster(tool, *options); !done) tool.fail(done.error());
    });
}

}  // namespace tram::tool
