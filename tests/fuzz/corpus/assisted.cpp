// A member of staff beside a resident: from process to process, and on the disk.
#include "Corpus.h"
#include "Made.h"
#include "assist/Handover.h"
#include "assist/ReportDraft.h"

namespace tram::seeds {

void assistCorpus(Corpus into) {
    const base::BootTime hour{"boot-1", std::chrono::hours(1)};
    assist::StaffSession badge({"S-7K3Q", "Nguyễn Thị Thử", "Tổ công nghệ số cộng đồng 03"},
                               assist::SignedInBy::BadgeAndPin, base::SecretText("TRAM-S:0123"),
                               base::SecretBytes(crypto::Bytes(assist::StaffSession::kSeedBytes, 7)), hour);
    into.add(0, assist::Handover::toBytes(badge).reveal());
    badge.lock();
    into.add(0, assist::Handover::toBytes(badge).reveal());
    into.add(
        0,
        assist::Handover::toBytes(
            {{"S-1", "Thử", "", wire::StaffRole::Supervisor}, assist::SignedInBy::CodeAndPin, {}, {}, hour})
            .reveal());
    auto body = action();
    body.handling = test::handling();
    into.add(1, body.toJson().reveal());
    body.handling->consent.reset();
    into.add(1, body.toJson().reveal());
    into.add(2, R"({"v":1,"station":{"errors":0},"members":[]})");
    into.add(2, R"({"v":1,"station":{"errors":6,"boot":"boot-0","until":90000},"members":[)"
                R"({"id":"S-1","errors":14,"boot":"boot-1","until":3700000},{"id":"S-2","errors":15}]})");
    feedback::Draft draft;
    draft.fieldId = "thoat-nuoc";
    draft.text = base::SecretText("Nắp cống\nbị vỡ.");
    draft.disclosure = wire::Disclosure::Named;
    draft.pictures.push_back({"", base::SecretBytes({0xd8}), base::SecretBytes({1})});
    into.add(3, assist::toText(draft).reveal());
    into.add(4, test::campaigns().toJson());
    into.add(5, test::wardReport().toJson());
}

}  // namespace tram::seeds
