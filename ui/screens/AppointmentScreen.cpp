#include "ui/screens/AppointmentScreen.h"

#include <algorithm>

#include "base/VietnameseText.h"
#include "crypto/Bytes.h"
#include "ui/screens/OfficeHours.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using turn::AppointmentIssue;
using turn::Step;
using wire::HalfDay;

namespace {

constexpr int kSteps = 4;
constexpr base::Millis kBeforeLeaving{700};

const char* stepName(Step step) {
    constexpr const char* kNames[] = {"appointment_day", "appointment_half", "appointment_who",
                                      "appointment_check"};
    return kNames[static_cast<std::size_t>(step)];
}

}  // namespace

AppointmentScreen::AppointmentScreen(Host& host, TurnErrand errand)
    : host_(host),
      errand_(std::move(errand)),
      flow_({errand_.office, "", errand_.procedure, errand_.title},
            {host.services().turns, host.services().appointment}, host.services().outbox,
            host.services().scheduler, host.services().clock),
      name_(std::make_shared<TextEdit>(TextEdit::Options{.limit = 100})),
      phone_(std::make_shared<TextEdit>(TextEdit::Options{.limit = 20, .accept = Accept::Number})) {
    flow_.onChange = [this] { changed(); };
    name_->onChange = [this] { flow_.setName(base::SecretText(base::clean(name_->text()))); };
    phone_->onChange = [this] { flow_.setPhone(base::SecretText(phone_->text())); };
    fillIn();
    flow_.start();
}

void AppointmentScreen::changed() {
    if (flow_.receipt() && !kept_) {
        kept_ = true;
        name_->clear();
        phone_->clear();
        host_.services().scheduler.after(kBeforeLeaving, lifetime_.token(), [this] {
            seen_ = true;
            host_.refresh();
        });
    }
    host_.refresh();
}

/// What who has logged in need not type.
void AppointmentScreen::fillIn() {
    const auto& resident = host_.session().resident;
    if (!resident) return;
    name_->set(resident->name.reveal());
    phone_->set(resident->phone.reveal());
    flow_.setName(resident->name.copy());
    flow_.setPhone(resident->phone.copy());
}

std::string AppointmentScreen::name() const {
    if (flow_.receipt()) return "appointment_receipt";
    if (flow_.takesNone()) return "appointment_none";
    if (flow_.isKeeping()) return "appointment_keeping";
    return stepName(flow_.step());
}

bool AppointmentScreen::back() {
    return flow_.back();
}

Page AppointmentScreen::render() {
    if (const auto& receipt = flow_.receipt()) return receiptPage(*receipt);
    if (flow_.takesNone()) return takesNone();
    if (flow_.isKeeping()) return keepingPage();
    switch (flow_.step()) {
        case Step::Day:
            return dayPage();
        case Step::Half:
            return halfPage();
        case Step::Who:
            return whoPage();
        case Step::Check:
            break;
    }
    return checkPage();
}

ViewRef AppointmentScreen::heading(const char* key) const {
    const int at = static_cast<int>(flow_.step()) + 1;
    return stepper(
        {.title = host_.tr(key),
         .label = host_.tr("step.label", {{"step", std::to_string(at)}, {"steps", std::to_string(kSteps)}}),
         .done = at,
         .total = kSteps});
}

ButtonOptions AppointmentScreen::nextButton() {
    return primary("next", host_.tr("action.next"), "arrow_forward", [this] {
        host_.leaveField();
        flow_.next();
    });
}

std::string AppointmentScreen::issue(AppointmentIssue which, const char* key) const {
    const auto issues = flow_.issues();
    return std::ranges::find(issues, which) == issues.end() ? "" : host_.tr(key);
}

Page AppointmentScreen::dayPage() {
    Views rows{heading("appointment.day.title")};
    if (!errand_.title.empty())
        rows.push_back(plainText(errand_.title, {.role = Type::BodyStrong, .id = "errand"}));
    rows.push_back(muted(host_.tr(flow_.isAsking()       ? "appointment.day.asking"
                                  : flow_.daysAreKnown() ? "appointment.day.known"
                                                         : "appointment.day.unknown")));
    if (const auto wrong = issue(AppointmentIssue::DayMissing, "appointment.day.missing"); !wrong.empty())
        rows.push_back(banner({.mood = Mood::Warn, .icon = "error_outline", .text = wrong}));
    Views days;
    for (const auto& one : flow_.days())
        days.push_back(choice({.id = "day." + one.day,
                               .label = weekdayAndDay(host_, one.day),
                               .selected = flow_.day() == one.day,
                               .onPress = [this, day = one.day] { flow_.chooseDay(day); }}));
    rows.push_back(grid(2, std::move(days), {.minWidth = 400}));
    return {.content = body(host_, "page.day", std::move(rows)), .right = {nextButton()}};
}

Page AppointmentScreen::halfPage() {
    Views rows{heading("appointment.half.title"),
               paragraph(weekdayAndDay(host_, flow_.day()), {.role = Type::BodyStrong})};
    if (const auto wrong = issue(AppointmentIssue::HalfMissing, "appointment.half.missing"); !wrong.empty())
        rows.push_back(banner({.mood = Mood::Warn, .icon = "error_outline", .text = wrong}));
    const auto day = std::ranges::find(flow_.days(), flow_.day(), &turn::OfferedDay::day);
    for (const auto half : {HalfDay::Morning, HalfDay::Afternoon}) {
        const bool free =
            day != flow_.days().end() && (half == HalfDay::Morning ? day->morning : day->afternoon);
        const auto word = std::string(wire::name(half));
        rows.push_back(choice({.id = "half." + word,
                               .label = host_.tr("appointment.half." + word),
                               .explanation = free ? "" : host_.tr("appointment.half.full"),
                               .selected = flow_.half() == half,
                               .enabled = free,
                               .onPress = [this, half] { flow_.chooseHalf(half); }}));
    }
    return {.content = body(host_, "page.half", std::move(rows)), .right = {nextButton()}};
}

/// The words somebody agrees to; their hash is recorded as the version.
std::string AppointmentScreen::consentText() const {
    const auto& config = host_.services().config;
    const auto orDemo = [&](const std::string& value, const char* demo) {
        return value.empty() ? host_.tr(demo) : value;
    };
    const auto days = config.retention.appointmentDays;
    const auto kept =
        days > 0 ? " " + host_.tr("appointment.consent.kept", {{"days", std::to_string(days)}}) : "";
    return host_.tr("appointment.consent.text",
                    {{"controller", orDemo(config.controller.name, "feedback.who.controller.demo")},
                     {"contact", orDemo(config.controller.contact, "feedback.who.contact.demo")},
                     {"days", std::to_string(config.retention.deliveredDays)}}) +
           kept;
}

void AppointmentScreen::giveConsent(bool given) {
    flow_.setConsent(
        given, host_.session().language + ":" + crypto::sha256Hex(crypto::view(consentText())).substr(0, 16));
}

Page AppointmentScreen::whoPage() {
    const bool given = flow_.consent();
    Views rows{heading("appointment.who.title"), muted(host_.tr("appointment.who.what")),
               textField({.id = "name",
                          .model = name_,
                          .label = host_.tr("feedback.who.name"),
                          .error = issue(AppointmentIssue::NameMissing, "appointment.who.name.missing")}),
               textField({.id = "phone",
                          .model = phone_,
                          .label = host_.tr("feedback.who.phone"),
                          .error = issue(AppointmentIssue::PhoneMissing, "appointment.who.phone.missing") +
                                   issue(AppointmentIssue::PhoneInvalid, "appointment.who.phone.invalid")}),
               check({.id = "consent",
                      .label = "**" + host_.tr("feedback.who.consent") + ".** " + consentText(),
                      .checked = given,
                      .onPress = [this, given] { giveConsent(!given); },
                      .spoken = host_.tr("feedback.who.consent") + ". " + consentText(),
                      .error = issue(AppointmentIssue::ConsentMissing, "appointment.consent.missing")})};
    return {.content = body(host_, "page.who", std::move(rows)),
            .right = {nextButton()},
            .fields = {{"name", {name_}}, {"phone", {phone_, KeyboardLayout::Number}}}};
}

/// Without the office's own word: the ward.
std::string AppointmentScreen::place() const {
    return flow_.place().empty() ? wardName(host_.services(), errand_.office) : flow_.place();
}

std::vector<Fact> AppointmentScreen::facts(bool withName) {
    const auto edit = [this](const char* id, Step step) {
        return button({.id = std::string("edit.") + id,
                       .label = host_.tr("action.edit"),
                       .icon = "edit",
                       .kind = ButtonKind::Quiet,
                       .onPress = [this, step] { flow_.goTo(step); }});
    };
    std::vector<Fact> all;
    if (!errand_.title.empty()) all.push_back({host_.tr("appointment.fact.errand"), errand_.title});
    all.push_back({host_.tr("appointment.fact.office"), place()});
    if (const auto hours = officeHours(host_, errand_.office); !hours.words.empty())
        all.push_back({host_.tr("appointment.fact.hours"), hours.words});
    all.push_back({host_.tr("appointment.fact.day"), weekdayAndDay(host_, flow_.day()),
                   withName ? edit("day", Step::Day) : nullptr});
    all.push_back({host_.tr("appointment.fact.half"),
                   host_.tr("appointment.half." + std::string(wire::name(*flow_.half()))),
                   withName ? edit("half", Step::Half) : nullptr});
    if (!withName) return all;
    all.push_back({host_.tr("feedback.who.name"), flow_.name().reveal(), edit("who", Step::Who)});
    all.push_back({host_.tr("feedback.who.phone"), flow_.phone().reveal(), edit("phone", Step::Who)});
    return all;
}

Page AppointmentScreen::checkPage() {
    Views rows{heading("appointment.check.title")};
    if (const auto& failure = flow_.failure()) {
        const auto text = problemText(host_, *failure);
        rows.push_back(banner({.mood = Mood::Warn,
                               .icon = "error_outline",
                               .title = host_.tr("appointment.not_kept"),
                               .text = text.what,
                               .id = "failure"}));
    }
    rows.push_back(card(kit::facts(facts(true))));
    rows.push_back(muted(host_.tr("appointment.check.what")));
    return {.content = body(host_, "page.check", std::move(rows)),
            .right = {primary("send", host_.tr("appointment.send"), "send", [this] { send(); })}};
}

/// Theirs also when somebody else's name stands in it: they asked for it.
void AppointmentScreen::send() {
    const auto& resident = host_.session().resident;
    flow_.send(host_.session().language, resident ? resident->subject.copy() : base::SecretText());
}

Page AppointmentScreen::keepingPage() {
    return {
        .content = centredBody(host_, "page",
                               {hero("lock", Mood::Info),
                                paragraph(host_.tr("appointment.keeping"),
                                          {.role = Type::Title, .align = Align::Centre, .heading = true})}),
        .back = false};
}

Page AppointmentScreen::takesNone() {
    return {.content = problemView(host_, {"event_busy",
                                           host_.tr("appointment.none.title"),
                                           host_.tr("appointment.none.what"),
                                           {host_.tr("turn.now.desk"), host_.tr("turn.now.staff")}}),
            .staff = true};
}

}  // namespace tram::screens
