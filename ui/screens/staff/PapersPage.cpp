#include "ui/screens/staff/PapersPage.h"

#include <algorithm>

#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;
namespace situation = papers::situation;

PapersWork::PapersWork(Host& host, papers::PapersFlow::Services services, bool may, std::size_t mostPages)
    : mayIdentity(may),
      most(mostPages),
      flow({.mayCaptureIdentityPapers = may, .mostPages = mostPages}, std::move(services),
           host.services().scheduler, host.services().clock) {}

PapersPage::PapersPage(Host& host, std::shared_ptr<PapersWork> work)
    : host_(host), work_(std::move(work)), camera_(host, "papers.film") {}

PapersPage::~PapersPage() {
    flow().onChange = nullptr;
}

bool PapersPage::allowed() const {
    return host_.services().duty->hindrance(assist::Errand::Papers) == assist::Helping::Hindrance::None;
}

void PapersPage::covered(bool over) {
    onTop_ = !over;
    looks_.renew();
    if (over) return follow();
    flow().onChange = [this] { changed(); };
    // Bound while nobody stood here: it is for them to say once more what becomes of it.
    if (std::holds_alternative<situation::Bound>(flow().state())) flow().backToPages();
    follow();
    if (allowed()) lookForScans();
}

/// The camera is on while somebody wants to take a page, and off while one is looked at.
void PapersPage::follow() {
    const auto& state = flow().state();
    const bool takes = std::holds_alternative<situation::Empty>(state) ||
                       std::holds_alternative<situation::Pages>(state) ||
                       std::holds_alternative<situation::Failed>(state);
    const bool wanted = onTop_ && takes && allowed();
    if (wanted == looking_) return;
    looking_ = wanted;
    taking_ = false;
    if (wanted)
        camera_.start();
    else
        camera_.stop();
}

void PapersPage::changed() {
    const auto* bound = std::get_if<situation::Bound>(&flow().state());
    if (bound && onTop_) return handOver(bound->pages);
    const auto there = [this](int number) {
        return std::ranges::any_of(flow().pages(), [&](const auto& page) { return page.number == number; });
    };
    if (chosen_ && !there(*chosen_)) chosen_.reset();
    std::erase_if(shown_, [&](const auto& one) {
        return one.first > 0 ? !there(one.first)
                             : !flow().captured() || flow().captured()->number != -one.first;
    });
    follow();
    host_.refresh();
}

bool PapersPage::back() {
    if (!chosen_) return false;
    chosen_.reset();
    host_.refresh();
    return true;
}

void PapersPage::begin() {
    failed_ = false;
    trouble_.reset();
    chosen_.reset();
    if (!std::exchange(work_->told, true)) host_.services().duty->did(assist::Errand::Papers);
}

/// Once: an impatient second press changes nothing.
void PapersPage::take() {
    if (!looking_ || taking_ || camera_.problem()) return;
    begin();
    taking_ = true;
    camera_.take([this](auto picture) { came(std::move(picture)); });
    host_.refresh();
}

void PapersPage::came(base::Result<device::Camera::Taken> picture) {
    taking_ = false;
    failed_ = !picture;
    if (picture) return flow().capture(std::move(picture->jpeg));
    host_.refresh();
}

void PapersPage::takeScan(const std::filesystem::path& file) {
    begin();
    std::erase_if(scans_.fresh, [&](const auto& one) { return one.path == file; });
    flow().captureFile(file);
}

/// What lay there before this resident's turn is somebody else's.
void PapersPage::lookForScans() {
    const auto& services = host_.services();
    auto& scheduler = services.scheduler;
    scheduler.background([this, &scheduler, token = looks_.token(), folder = services.config.dataDir / kScans,
                          since = services.clock.wall() - services.duty->helping().elapsed()] {
        auto found = std::make_shared<papers::ScannerFiles>(papers::scannerFiles(folder, since));
        scheduler.onUi(token, [this, &scheduler, found] {
            // One that is being cleaned is gone only then.
            const bool busy = std::holds_alternative<situation::Cleaning>(flow().state());
            if (!busy && *found != scans_) {
                scans_ = std::move(*found);
                host_.refresh();
            }
            scheduler.after(kLookAgain, looks_.token(), [this] { lookForScans(); });
        });
    });
}

void PapersPage::attach() {
    auto fields = host_.services().fields();
    trouble_.reset();
    if (!fields) {
        trouble_ = fields.error();
        return host_.refresh();
    }
    fields_ = std::move(*fields);
    chosen_.reset();
    flow().makePdf();
}

void PapersPage::handOver(int pages) {
    if (!fields_) return flow().backToPages();
    tellLog();
    auto screen = std::make_unique<FeedbackScreen>(host_, std::move(*fields_));
    fields_.reset();
    work_->told = false;
    onTop_ = false;  // what opens covers this page: no need to look meanwhile
    screen->attachPapers(flow().takePdf(), pages);
    host_.open(std::move(screen));
}

void PapersPage::tellLog() const {
    const auto all = static_cast<std::int64_t>(flow().pages().size());
    const auto identity =
        static_cast<std::int64_t>(std::ranges::count_if(flow().pages(), &papers::PaperPage::identity));
    auto& duty = *host_.services().duty;
    for (const auto& [count, what] : {std::pair{all - identity, "ordinary"}, {identity, "identity"}})
        if (count > 0)
            duty.note(ledger::Kind::PaperScanned, {{"pages", count}, {"paper", std::string(what)}});
}

ViewRef PapersPage::render() {
    auto head =
        column({paragraph(host_.tr("staff.section.papers"), {.role = Type::Title, .heading = true}),
                plainText(host_.tr("staff.papers.what"), {.role = Type::Caption, .colour = Colour::Muted})},
               {.gap = 6});
    if (!allowed()) return staffBody(host_, "page.papers", {card(column({head, asking()}, {.gap = 18}))});
    return staffBody(host_, "page.papers",
                     {card(column({head, capturing()}, {.gap = 18})), scans(), pages()});
}

}  // namespace tram::screens
