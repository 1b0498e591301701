#include "ui/screens/staff/QueuePage.h"

#include <algorithm>

#include "outbox/ItemAge.h"
#include "outbox/Outbox.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using outbox::AsideReason;
using outbox::Item;
using outbox::ItemState;

namespace {

constexpr std::size_t kLookedAt = 2000;

/// What somebody has to see to comes first, what was put aside last.
int rankOf(const Item& item) {
    if (item.aside()) return 2;
    return item.state == ItemState::NeedsAttention ? 0 : 1;
}

std::string wordOr(const Host& host, const std::string& key, const char* other) {
    auto word = host.tr(key);
    return word == key ? host.tr(other) : word;
}

std::string kindOf(const Host& host, const Item& item) {
    return wordOr(host, "staff.kind." + item.kind, "staff.kind.other");
}

std::string ageWords(const Host& host, const Item& item) {
    const auto age = outbox::ageOf(item, host.services().clock.wall());
    return host.tr("tool.age." + std::string(name(age.unit)),
                   {{"count", number(static_cast<std::size_t>(age.count), host.session().language)}});
}

/// "2,1 MB", "1 KB": nobody here counts bytes.
std::string sizeWords(const Host& host, std::size_t bytes) {
    constexpr std::size_t kKilo = 1000, kMega = kKilo * kKilo;
    const auto& language = host.session().language;
    if (bytes < kMega) return number(std::max<std::size_t>(1, (bytes + kKilo / 2) / kKilo), language) + " KB";
    const auto tenths = (bytes + kMega / 20) / (kMega / 10);
    return number(tenths / 10, language) + (language == "en" ? "." : ",") + std::to_string(tenths % 10) +
           " MB";
}

std::string triesWords(const Host& host, const Item& item) {
    if (item.attempts == 0) return host.tr("staff.queue.not_tried");
    return host.tr("staff.queue.tried", {{"count", std::to_string(item.attempts)}});
}

struct Look {
    const char* icon;
    const char* state;
    Mood mood;
};

Look lookOf(const Host& host, const Item& item) {
    if (item.aside()) return {"pause_circle", "staff.queue.aside", Mood::Info};
    if (item.state == ItemState::NeedsAttention) return {"error", "staff.queue.attention", Mood::Danger};
    if (!host.online()) return {"schedule_send", "staff.queue.no_line", Mood::Warn};
    return {"schedule_send", item.tries > 0 ? "staff.queue.again" : "staff.queue.waiting", Mood::Warn};
}

Colour inkFor(Mood mood) {
    if (mood == Mood::Danger) return Colour::Danger;
    return mood == Mood::Warn ? Colour::Warn : Colour::Primary;
}

std::string idOf(const Item& item, std::string_view what) {
    return "item." + std::to_string(item.sequence) + "." + std::string(what);
}

ViewRef between() {
    return ground(gap(2), Colour::Line);
}

}  // namespace

QueuePage::QueuePage(Host& host, wire::StaffRole role, Done done)
    : host_(host), role_(role), done_(std::move(done)) {
    look();
}

/// The store is a file that others have open, too: it may take a while.
void QueuePage::look() {
    auto& scheduler = host_.services().scheduler;
    scheduler.background([this, &scheduler, token = lifetime_.token(), outbox = host_.services().outbox] {
        auto listed = std::make_shared<base::Result<Items>>(outbox->store().list({}, kLookedAt));
        scheduler.onUi(token, [this, listed] { looked(std::move(*listed)); });
    });
}

void QueuePage::looked(base::Result<Items> items) {
    if (items) {
        std::erase_if(*items, [](const Item& item) { return item.state == ItemState::Accepted; });
        std::ranges::stable_sort(*items, {}, rankOf);
    }
    items_ = std::move(items);
    host_.refresh();
    host_.services().scheduler.after(kLookAgain, lifetime_.token(), [this] { look(); });
}

bool QueuePage::back() {
    if (!asking_) return false;
    asking_.reset();
    host_.refresh();
    return true;
}

void QueuePage::change(const Item& item, std::optional<AsideReason> reason) {
    asking_.reset();
    auto& scheduler = host_.services().scheduler;
    scheduler.background(
        [this, &scheduler, token = lifetime_.token(), outbox = host_.services().outbox, item, reason] {
            auto& store = outbox->store();
            const auto result = reason ? store.setAside(item.id, *reason) : store.retry(item.id);
            scheduler.onUi(token, [this, item, reason, result] { changed(item, reason, result); });
        });
}

void QueuePage::changed(const Item& item, std::optional<AsideReason> reason,
                        const base::Result<void>& result) {
    trouble_.reset();
    // Delivered meanwhile: then there is nothing left to do to it.
    const bool gone = !result && result.error().kind == base::ProblemKind::NotFound;
    if (!result && !gone) trouble_ = result.error();
    if (result && done_) done_(item, reason);
    lifetime_.renew();  // one look at a time
    look();
}

ViewRef QueuePage::render() {
    Views parts{paragraph(host_.tr("staff.section.queue"), {.role = Type::Title, .heading = true})};
    if (trouble_)
        parts.push_back(banner({.mood = Mood::Danger,
                                .icon = "error",
                                .title = problemText(host_, *trouble_).title,
                                .text = problemText(host_, *trouble_).what,
                                .id = "queue.trouble"}));
    if (!items_) parts.push_back(muted(host_.tr("staff.queue.looking")));
    if (items_ && !*items_) {
        const auto text = problemText(host_, items_->error());
        parts.push_back(banner({.mood = Mood::Danger,
                                .icon = text.icon,
                                .title = text.title,
                                .text = text.what,
                                .id = "queue.problem"}));
    }
    if (items_ && *items_) parts.push_back(list());
    return staffBody(host_, "page.queue", {card(column(std::move(parts), {.gap = 18}))});
}

ViewRef QueuePage::list() {
    const auto& items = **items_;
    if (items.empty())
        return row(
            {icon("check_circle", 44, Colour::Ok),
             grow(plainText(host_.tr("staff.queue.empty"), {.role = Type::Body, .id = "queue.empty"}))},
            {.gap = 16, .flow = false});
    Views rows{plainText(host_.tr("staff.queue.what"), {.role = Type::Caption, .colour = Colour::Muted})};
    for (std::size_t i = 0; i < std::min(items.size(), kMost); ++i) {
        rows.push_back(between());
        rows.push_back(rowOf(items[i]));
    }
    if (items.size() > kMost)
        rows.push_back(muted(host_.tr("staff.queue.more",
                                      {{"count", number(items.size() - kMost, host_.session().language)}})));
    return column(std::move(rows), {.gap = 14});
}

ViewRef QueuePage::words(const Item& item) const {
    const auto detail =
        ageWords(host_, item) + " · " + sizeWords(host_, item.bytes) + " · " + triesWords(host_, item);
    const auto key = "tool.reason." + item.problem;
    const auto why = item.problem.empty() ? std::string() : wordOr(host_, key, "staff.queue.reason.other");
    const auto mood = lookOf(host_, item).mood;
    return column(
        {plainText(kindOf(host_, item), {.role = Type::SmallStrong}),
         plainText(detail, {.role = Type::Caption, .colour = Colour::Muted}),
         why.empty()
             ? nullptr
             : plainText(why,
                         {.role = Type::CaptionStrong, .colour = inkFor(mood), .id = idOf(item, "reason")})},
        {.gap = 2});
}

Views QueuePage::buttons(const Item& item) {
    Views all;
    const auto chip = [&](const char* what, const char* key, const char* sign, Action press) {
        const auto label = host_.tr(key);
        return button({.id = idOf(item, what),
                       .label = unbroken(label),
                       .icon = sign,
                       .kind = ButtonKind::Chip,
                       .onPress = std::move(press),
                       .spoken = label + ": " + kindOf(host_, item) + ", " + ageWords(host_, item)});
    };
    if (wire::allows(role_, wire::Permission::RetryQueue))
        all.push_back(chip("retry", "staff.queue.retry", "refresh", [this, item] { change(item, {}); }));
    if (wire::allows(role_, wire::Permission::SetAside) && !item.aside())
        all.push_back(chip("aside", "staff.queue.set_aside", "pause_circle_outline", [this, item] {
            asking_ = asking_ == item.id ? std::nullopt : std::optional(item.id);
            host_.refresh();
        }));
    return all;
}

ViewRef QueuePage::reasons(const Item& item) {
    Views chips;
    for (const auto reason : outbox::kAsideReasons)
        chips.push_back(button({.id = idOf(item, outbox::name(reason)),
                                .label = host_.tr("staff.queue." + std::string(outbox::name(reason))),
                                .kind = ButtonKind::Chip,
                                .onPress = [this, item, reason] { change(item, reason); }}));
    chips.push_back(button({.id = idOf(item, "keep"),
                            .label = host_.tr("staff.queue.keep"),
                            .icon = "close",
                            .kind = ButtonKind::Chip,
                            .onPress = [this] { back(); }}));
    return card(
        column({plainText(host_.tr("staff.queue.why"), {.role = Type::SmallStrong}), wrap(std::move(chips))},
               {.gap = 14}),
        {.padding = 20, .fill = Colour::Surface, .radius = 24});
}

ViewRef QueuePage::rowOf(const Item& item) {
    const auto look = lookOf(host_, item);
    auto chips = buttons(item);
    chips.insert(chips.begin(), statusPill({.text = unbroken(host_.tr(look.state)),
                                            .mood = look.mood,
                                            .id = idOf(item, "state"),
                                            .spoken = host_.tr(look.state)}));
    auto told = row({icon(look.icon, 40, inkFor(look.mood)), grow(words(item))}, {.gap = 18, .flow = false});
    // As wide as its words want, so that large letters send the buttons below them instead of breaking them.
    auto line = bar({grow(std::move(told))}, {wrap(std::move(chips), 10)}, 18);
    return column({std::move(line), asking_ == item.id ? reasons(item) : nullptr}, {.gap = 14});
}

}  // namespace tram::screens
