#include "campaign/Poster.h"

#include "calendar/WorkingDays.h"

namespace tram::campaign {

namespace {

/// Read by whoever walks past, at arm's length and more.
constexpr double kReadFromMm = 900;

}  // namespace

paper::Sheet PosterMaker::sheet(const wire::Campaign& campaign) const {
    const base::Words::Values until{{"day", calendar::shown(campaign.deadline)}};
    paper::Sheet sheet;
    sheet.blocks = {
        paper::Title{campaign.title.vi},
        paper::Heading{campaign.title.en},
        paper::Paragraph{vi.text("campaign.poster.deadline", until), true},
        paper::Paragraph{en.text("campaign.poster.deadline", until)},
        paper::Qr{publicUrl + "/muc/guide/" + campaign.guides.front(), vi.text("campaign.poster.scan"),
                  kReadFromMm},
        paper::Paragraph{en.text("campaign.poster.scan")},
        paper::Items{paper::Items::Mark::Number,
                     {vi.text("campaign.poster.step.scan"), vi.text("campaign.poster.step.follow"),
                      vi.text("campaign.poster.step.ask")}},
        paper::Small{en.text("campaign.poster.step.scan") + " " + en.text("campaign.poster.step.follow") +
                     " " + en.text("campaign.poster.step.ask")},
        paper::Rule{},
        paper::Small{vi.text("campaign.poster.free") + "\n" + en.text("campaign.poster.free")},
        paper::Small{vi.text("campaign.poster.from", {{"ward", ward}}) + " · " +
                     en.text("campaign.poster.from", {{"ward", ward}})}};
    return sheet;
}

}  // namespace tram::campaign
