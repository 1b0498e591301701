#include <iostream>

#include "base/Files.h"
#include "base/VietnameseText.h"
#include "gateway/commands/Commands.h"
#include "gateway/content/WardNames.h"
#include "gateway/tally/CampaignBook.h"
#include "gateway/tally/WardReports.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;

struct CampaignOptions {
    Place place;
    std::string file, ward, id;
};

struct WardOptions {
    Place place;
    std::string ward, by = "errand", from, to, csv;
};

/// A plan for digits that are no ward's would be told to nobody.
base::Result<void> checkWard(const Place& place, const std::string& ward) {
    const auto config = place.read();
    if (!config) return tl::unexpected(config.error());
    const auto wards = readWardNames(config->shareDir / "content" / "wards.csv");
    if (!wards) return tl::unexpected(wards.error());
    if (!wards->contains(ward))
        return base::fail(ProblemKind::NotFound, {{"key", "ward"}, {"expected", "a ward of the city"}});
    return {};
}

int addCampaign(const CampaignOptions& options) {
    const auto text = base::readFile(options.file, wire::CampaignPlan::kMaxBytes);
    if (!text) return failed(text.error());
    auto plan = wire::CampaignPlan::parse(*text);
    if (!plan) {
        plan.error().facts.emplace_back("path", options.file);
        return failed(plan.error());
    }
    if (auto known = checkWard(options.place, plan->ward); !known) return failed(known.error());
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto added = CampaignBook(*storage->city).add(*plan);
    if (!added) return failed(added.error());
    std::cout << plan->ward << '\t' << plan->campaign.id
              << (*added == CampaignBook::Added::Replaced ? "\treplaced\n" : "\tadded\n");
    return 0;
}

int listCampaigns(const CampaignOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto rows = CampaignBook(*storage->city).list();
    if (!rows) return failed(rows.error());
    for (const auto& [plan, open] : *rows) {
        const auto& campaign = plan.campaign;
        std::cout << plan.ward << '\t' << campaign.id << '\t' << (open ? "open" : "closed") << '\t'
                  << campaign.from << '\t' << campaign.deadline << "\ttarget=" << campaign.target() << '\t'
                  << base::clean(campaign.title.vi) << '\n';
    }
    return 0;
}

int closeCampaign(const CampaignOptions& options, base::WallTime now) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto closed = CampaignBook(*storage->city).close(options.ward, options.id, now);
    return closed ? 0 : failed(closed.error());
}

/// The same sums that the ward's stations are told.
int reportWard(const WardOptions& options, base::WallTime now) {
    const auto by = wire::wardReportBy(options.by);
    if (!by) return failed({ProblemKind::Unprocessable, {{"detail", "--by"}}});
    if (auto known = checkWard(options.place, options.ward); !known) return failed(known.error());
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto report = wardReport(*storage->city, {options.ward, options.from, options.to}, *by, now);
    if (!report) return failed(report.error());
    for (const auto& row : report->rows)
        std::cout << base::clean(row.key) << '\t' << row.errand << '\t' << row.count << '\n';
    if (options.csv.empty()) return 0;
    const auto written = base::writeFileAtomically(options.csv, wardReportCsv(*report), 0600);
    return written ? 0 : failed(written.error());
}

}  // namespace

void addWardReport(Commands& commands, CLI::App& group) {
    auto options = std::make_shared<WardOptions>();
    auto& ward = commands.add(group, "ward", "what was done at a ward's stations, in sums",
                              [&commands, options] { return reportWard(*options, commands.clock().wall()); });
    options->place.addTo(ward);
    ward.add_option("--ward", options->ward, "its five digits")->required();
    ward.add_option("--by", options->by, "what the sums are of")
        ->check(CLI::IsMember({"day", "unit", "errand", "outcome"}));
    ward.add_option("--from", options->from, "first day, YYYY-MM-DD")->required();
    ward.add_option("--to", options->to, "last day")->required();
    ward.add_option("--csv", options->csv, "into this file, too");
}

void addCampaigns(Commands& commands) {
    auto& group = commands.group("campaign", "a ward's drives to help people with apps");
    auto options = std::make_shared<CampaignOptions>();
    auto& adding =
        commands.addAct(group, "add", "tell the ward's stations of one, or of its new plan", options->place,
                        Deed::CampaignAdd, [options](Act&) { return addCampaign(*options); });
    adding.add_option("file", options->file, "the plan (docs/OPERATING.md, Campaigns)")->required();
    auto listed = std::make_shared<CampaignOptions>();
    listed->place.addTo(commands.add(group, "list", "ward, id, open or closed, days, target, title",
                                     [listed] { return listCampaigns(*listed); }));
    auto closing = std::make_shared<CampaignOptions>();
    auto& close = commands.addAct(group, "close", "tell stations of it no longer; what was counted stays",
                                  closing->place, Deed::CampaignClose, [&commands, closing](Act&) {
                                      return closeCampaign(*closing, commands.clock().wall());
                                  });
    close.add_option("ward", closing->ward, "its five digits")->required();
    close.add_option("id", closing->id, "as list prints it")->required();
}

}  // namespace tram::gateway
