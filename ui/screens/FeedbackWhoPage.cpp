#include "crypto/Bytes.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ScanScreen.h"

namespace tram::screens {

using namespace kit;
using feedback::Issue;
using feedback::Step;
using wire::Disclosure;

namespace {

bool withName(const feedback::Draft& draft) {
    return draft.disclosure && *draft.disclosure != Disclosure::Anonymous;
}

}  // namespace

ViewRef FeedbackScreen::contactFields() {
    auto name = textField({.id = "name",
                           .model = name_,
                           .label = host_.tr("feedback.who.name"),
                           .error = issueText({Issue::NameMissing})});
    const auto missing = issueText({Issue::ContactMissing});
    auto phone = textField({.id = "phone",
                            .model = phone_,
                            .label = host_.tr("feedback.who.phone"),
                            .error = issueText({Issue::PhoneInvalid}),
                            .wrong = !missing.empty()});
    auto email = textField({.id = "email",
                            .model = email_,
                            .label = host_.tr("feedback.who.email"),
                            .error = issueText({Issue::EmailInvalid}),
                            .wrong = !missing.empty()});
    auto either =
        column({grid(2, {phone, email}, {.minWidth = 380}), missing.empty() ? nullptr : errorLine(missing)},
               {.gap = 16});
    return column({name, muted(host_.tr("feedback.who.contact")), std::move(either)});
}

/// The words a resident agrees to; their hash is what the report records as the version.
std::string FeedbackScreen::consentText() const {
    const auto& config = host_.services().config;
    const auto orDemo = [&](const std::string& value, const char* demo) {
        return value.empty() ? host_.tr(demo) : value;
    };
    const bool anonymous = flow_.draft().disclosure == Disclosure::Anonymous;
    const auto text =
        host_.tr(anonymous ? "feedback.who.consent.text.anonymous" : "feedback.who.consent.text",
                 {{"controller", orDemo(config.controller.name, "feedback.who.controller.demo")},
                  {"contact", orDemo(config.controller.contact, "feedback.who.contact.demo")},
                  {"days", std::to_string(config.retention.deliveredDays)}});
    const bool bound = !anonymous && flow_.resident();
    return bound ? text + " " + host_.tr("feedback.who.consent.login") : text;
}

void FeedbackScreen::giveConsent(bool given) {
    const auto version =
        host_.session().language + ":" + crypto::sha256Hex(crypto::view(consentText())).substr(0, 16);
    flow_.setConsent(given, version);
}

ViewRef FeedbackScreen::consent() {
    const bool given = flow_.draft().consent;
    return check({.id = "consent",
                  .label = "**" + host_.tr("feedback.who.consent") + ".** " + consentText(),
                  .checked = given,
                  .onPress = [this, given] { giveConsent(!given); },
                  .spoken = host_.tr("feedback.who.consent") + ". " + consentText(),
                  .error = issueText({Issue::ConsentMissing})});
}

void FeedbackScreen::disclose(Disclosure disclosure) {
    // What the flow forgets, the fields forget too: nobody may find a name there that will not be sent.
    if (disclosure == Disclosure::Anonymous)
        for (const auto& field : {name_, phone_, email_}) field->clear();
    flow_.setDisclosure(disclosure);
    showContact();
}

void FeedbackScreen::showContact() {
    const auto& draft = flow_.draft();
    if (name_->empty()) name_->set(draft.name.reveal());
    if (phone_->empty()) phone_->set(draft.phone.reveal());
}

/// What was agreed to before was less: the words are other ones now.
void FeedbackScreen::loggedIn() {
    if (flow_.draft().consent) giveConsent(false);
    flow_.setResident(host_.session().resident);
    showContact();
}

/// The card in hand says more than what stands in the field.
void FeedbackScreen::useCard(const identity::CitizenCard& card) {
    name_->clear();
    flow_.setName({});
    flow_.setCardName(card.name.copy());
    showContact();
}

/// A name for the report that is being written; a card that gives none leads back here to type it.
bool FeedbackScreen::waitsFor(const identity::Scanned& read) const {
    const bool card = std::holds_alternative<identity::CitizenCard>(read) ||
                      std::holds_alternative<identity::DoubtfulCard>(read);
    return card && !flow_.receipt();
}

bool FeedbackScreen::scanned(identity::Scanned& read) {
    if (!waitsFor(read)) return false;
    host_.open(
        std::make_unique<ScanScreen>(host_, std::move(read), [this](const auto& card) { useCard(card); }));
    return true;
}

ViewRef FeedbackScreen::loginOffer() {
    if (const auto* resident = flow_.resident()) {
        if (!withName(flow_.draft())) return nullptr;
        // A card's or a typed one: the report is bound to the login all the same.
        const bool other = name_->text() != resident->name.reveal();
        return muted(host_.tr(other ? "feedback.who.filled.other" : "feedback.who.filled"));
    }
    return button({.id = "who.login",
                   .label = host_.tr("feedback.who.login"),
                   .icon = "qr_code_2",
                   .kind = ButtonKind::Vneid,
                   .onPress = [this] {
                       host_.open(std::make_unique<LoginScreen>(host_, LoginScreen::From::Report,
                                                                [this] { loggedIn(); }));
                   }});
}

Page FeedbackScreen::whoPage() {
    const auto& draft = flow_.draft();
    Views rows{stepTitle(Step::Who, "feedback.who.title")};
    if (!draft.disclosure) rows.push_back(muted(host_.tr("feedback.who.what")));
    for (const auto disclosure : {Disclosure::Named, Disclosure::NameHidden, Disclosure::Anonymous}) {
        if (disclosure == Disclosure::Anonymous && !flow_.anonymousAllowed()) continue;
        const auto key = "feedback.who." + std::string(wire::name(disclosure));
        rows.push_back(choice({.id = "who." + std::string(wire::name(disclosure)),
                               .label = host_.tr(key),
                               .explanation = host_.tr(key + ".hint"),
                               .selected = draft.disclosure == disclosure,
                               .onPress = [this, disclosure] { disclose(disclosure); }}));
    }
    if (const auto issue = issueText({Issue::WhoMissing}); !issue.empty())
        rows.push_back(banner({.mood = Mood::Warn, .icon = "error_outline", .text = issue}));
    Page page{.right = {nextButton()}};
    auto scan = withName(draft) ? button(scanButton(host_, "who.scan", "feedback.who.scan",
                                                    [this](const auto& card) { useCard(card); }))
                                : nullptr;
    const bool offered = !draft.disclosure || withName(draft);
    if (offered && flow_.resident()) rows.push_back(loginOffer());
    rows.push_back(offered && !flow_.resident() ? halves({loginOffer(), std::move(scan)}) : std::move(scan));
    if (withName(draft)) {
        rows.push_back(contactFields());
        page.fields = {{"name", {name_}},
                       {"phone", {phone_, KeyboardLayout::Number}},
                       {"email", {email_, KeyboardLayout::Email}}};
    }
    if (draft.disclosure) rows.push_back(consent());
    page.content = body(host_, "page.who", std::move(rows));
    return page;
}

}  // namespace tram::screens
