"""What raters write: notes without any client's data, none of which may be stopped."""

NOTES = [
    line.strip()
    for line in """
Policy 4.2 approved 3/2025, reviewed with all 12 counselors
QSOA with Valley OB signed 2025-04-01
8 of 10 plans had a named contact
42 CFR 2.11 covers this; counsel agreed
Staff are told to call 911 in an emergency
24/7 line 866-705-2807 is posted in the lobby
Call 988 is on every handout
Policy approved 2025-03-01
Policy HR-114 revised 03/14/2025
Reviewed 3/1/25 with the clinical team
Minutes of the meeting of March 3, 2025
Board minutes 2025-01-15, item 6
Signed agreement dated 1 April 2025
MOU renewed April 1st, 2025, runs to March 31, 2026
Training delivered on 2025-03-01 to 14 staff
Safe sleep training 2/12/2025, 11 of 13 attended
In-service on 5/6/2025
Waitlist log checked for the quarter ending 3/31/2025
Wait list log 1/1/2025 to 3/31/2025, none waited behind another
Sample drawn 2025-02-10, seed 4711
Records from the period 1/1/2025 - 6/30/2025, every third drawn
Roster for quarter 2, 2025
Site visit 2025-05-20 by two counselors
Audit of 12 charts, 9 of 12 complete
Chart audit 2/2025: 12 charts, 3 without a date
Client handbook, version 2.1, updated 2024-11-04
Handbook p. 14-16
Section 4.2.10 of the manual
See section 3.1.2 and table 4
W.S. 14-3-205 is named in the protocol
45 CFR 164.514(b)
42 U.S.C. 300x-27, 45 CFR 96.131
Public Law 114-198, section 503
89 FR 12472, Feb. 16, 2024, final rule
SAMHSA PEP20-05-02-001 is used
NIH Publication No. 22-1234
TIP 63, 2021 edition
AAP 2022 safe sleep statement
ICD-10 codes F11.20 and O99.320 are on the form
NPI and license on file
About 15 of 20 staff could say it
Between 70 and 89 %
26/37 is 70.3 %
Rated 3, was 2 in the baseline
Levels 2-3-2 across three programs
Open Mon-Fri 8:00-17:00, on call after hours
Group runs 10:30-12:00 on Tuesdays and Thursdays
Bed count 16, 4 for women with infants
Capacity 24, 2 beds kept for pregnant women
Budget line 10-4400 of $12,500
$307,555 in the grant for 2025
Grant number TI-081234 was awarded
Form 300-B, form MA-12
Room 214, second floor
Suite on the second floor of the main building
Route 20 bus stops outside
3 Drug Court sessions were attended
2 Family Court hearings each month
5 Talking Circle groups a month
12 weekly street outreach shifts
4 outreach events on Main Street
Served 2 counties and the Wind River Reservation
Waiting for legal review
No policy, staff follow common practice
Draft policy, not approved
Intention voiced at the staff meeting
Asked 6 counselors, 5 knew it
Interviewed 4 staff, none had seen the text
Two women with lived experience reviewed the wording
Named role: perinatal coordinator
The nurse manager is in charge
Clinical director signs each year
Supervision notes January to March show it twice
Supervision log 2024-Q4
Peer coach joined in 2024
Contract with the recovery center ends 2026-06-30
Agreement expires 12/31/2025
Agreement in effect since July 1, 2024
Guidance effective June 1, 2023
License valid until 2026-01-31
Accreditation survey October 14-16, 2024
Updated 14-Mar-2025
Posted on the website, accessed 2025-03-20
Website page last updated 03.14.2025
Outreach to WIC, shelters and the ED each quarter
Outreach calendar 2025, 8 of 11 settings reached
Flyer printed 2/2025, 400 copies
Referral form v3, 9/2024
Referral source counted: 14 of 31 from prenatal care
Of 31 referrals, 14 came from clinics
1,204 contacts in 12 months
Score 2.9, target 3
Record 12 and record 15 had no termination date
Record code R-07 lacks a named contact
Records 3, 7 and 11
Plan 4 of 12
Case 3 in the vignettes
Client voice: 6 interviews
Client survey 2024, 41 of 60 returned
Patients told before disclosure in 9 of 10
Patient rights notice, 2 pages
Member of the collaborative since 2023
Members 12, present 9
Medicaid covers up to 12 months
Medicaid 2024-2025 manual, chapter 6
Medicare does not apply
Insurance questions go to the front desk
MRN is never written on the review form
SSN is not collected
Date of birth is not recorded on the log
No names, no DOB on the list
Birth hospital agreed to the protocol on 2025-02-14, minutes filed
Birthing unit policy 2024
Delivery hospitals: 3 in the catchment
Discharge planning policy, 2024-08-01 version, names the role
Admission criteria approved by the board in 2024
Interim services within 48 hours
48 hours met in 7 of 8
Started within 30 days in 9 of 11
First contact in 2 to 5 days
12 months after birth
Gestational age 24-28 weeks
Naloxone kits 120, given 96
Kits delivered monthly
Curriculum v2 of 2025-01-10
E-mail reminders go out weekly
Phone list at the front desk, checked monthly
Phone tree tested in May
Fax goes to a locked room
Text reminders on request
Street outreach twice a month
Address of the shelter is not given out
PO is not needed for this
QSOA list: 6 current, 2 expired 2024-12-31
MOA with DFS, reviewed 2025/02/03
DFS liaison named, meetings each quarter
DFS meeting minutes 1/8/25, 4/9/25
DCF area office joins on the second Tuesday
Checked against AAP 2022, all 10 elements
Observed 8 cribs, 7 met all elements
Observation round 2025-03-03, 8 sleep spaces
Tour of the unit 4/2/2025
Knowledge check, mean 8.4 of 10
Quiz given 3/2025: 11 passed, 2 did not
Coded session, MITI 4.2.1 threshold
MITI 4.2.1 used
Version 10.12.3 of the record system
Ratio 1:8 by day and 1:12 by night
Form has 3 fields: need, who, when
N/A: neither runs nor refers to residential
Not seen yet, ask the agency lead
Cannot judge until the next audit
Same as last cycle
Improved since 2024
See evidence 2
Folder Policies/2025/Perinatal
https://example.org/policies/2025/03/perinatal.pdf
Shared drive, folder 12, file 4.2_Perinatal_Policy_v3.docx
Report generated 2025-03-01 14:05
Counted on 2/28/2025: 16 of 20
Data pulled 2025-03-31
Rules of 2 March 2024, chapter 4
""".strip().splitlines()
]
