import re,subprocess,json,sys,os,tomllib
cfg=sys.argv[1] if len(sys.argv)>1 else None
top=tomllib.load(open(os.environ.get('TOP','../config/topics.toml'),'rb'))['topic']
by={t['code']:t for t in top};slug={t['code']:t['slug'] for t in top};bs={t['slug']:t for t in top}
def path(s):
    o=[];t=bs.get(s)
    while t: o.append(t['slug']);t=by.get(t.get('broader'))
    return o
st=[];cur=None
for gf in os.environ.get('GOLD','gold.txt').split(','):
  for l in open(gf):
    l=l.rstrip('\n')
    m=re.match(r'^([ze]\w*\d\d)\|([^|]*)\|(.*)$',l)
    if m: cur=[m[1],[x for x in m[2].split(',') if x],[x for x in m[3].split(',') if x],[]];st.append(cur)
    elif cur and l and l[0]!='#': cur[3].append(l)
os.makedirs('/tmp/t4',exist_ok=True)
def f1(tp,g,p): return 2*tp/(g+p) if g+p else 0
R=[0,0,0];T=[0,0,0];H=[0,0,0]
S={}
files=[]
for i,r,t,b in st:
    for s in t: assert s in bs,(i,s)
    head,*ps=b
    txt=head+'\n\n'+''.join('\u3000\u3000'+p+'\n' if i[0]=='z' else '    '+p+'\n\n' for p in ps)
    open(f'/tmp/t4/{i}.txt','w').write(txt);files.append(f'/tmp/t4/{i}.txt')
for i,r,t,b in st:
    cmd=['/tmp/wf4','parse','--format','ninjs']+(['-c',cfg] if cfg else [])+[f'/tmp/t4/{i}.txt']
    out=subprocess.run(cmd,capture_output=True,text=True)
    items=[json.loads(x) for x in out.stdout.splitlines() if x.strip()]
    S[i]=items
    if len(items)!=1: print(i,'ITEMS',len(items),out.stderr[:200])
    if os.environ.get('RAW'): print(json.dumps(items[0],ensure_ascii=False,indent=1)); sys.exit()
    it=items[0]
    def sl(u):
        u=u.split('/mediatopic/')[-1]
        return slug.get('medtop:'+u,u)
    tl=[sl(x['uri']) for x in it.get('subjects',[])]
    anc=set(a for x in tl for a in path(x)[1:])
    leaf=[x for x in tl if x not in anc]
    rl=[x.get('literal') for x in it.get('places',[])]
    ranc=lambda c:{c[:2]} if re.match(r'^CN-',c) else set()
    allr=set(rl)
    PAR=dict(zip("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split(),"BJ TJ HE SX NM LN JL HL SH JS ZJ AH FJ JX SD HA HB HN GD GX HI CQ SC GZ YN XZ SN GS QH NX XJ".split()))
    def rp(c):
        if c.startswith('CN-'): return ['CN']
        if c.isdigit(): return ([c[:4]+'00'] if c[4:]!='00' and c[:2] not in('11','12','31','50') else [])+['CN-'+PAR[c[:2]],'CN']
        return []
    ra=set(a for c in rl for a in rp(c))
    rleaf=[c for c in rl if c not in ra]
    R[0]+=len(set(r)&set(rleaf));R[1]+=len(r);R[2]+=len(rleaf)
    T[0]+=len(set(t)&set(leaf));T[1]+=len(t);T[2]+=len(leaf)
    ge=set(a for x in t for a in path(x));pe=set(a for x in leaf for a in path(x))
    H[0]+=len(ge&pe);H[1]+=len(ge);H[2]+=len(pe)
    if set(r)!=set(rleaf): print(i,'REG want',r,'got',rleaf,b[0])
    if set(t)!=set(leaf): print(i,'TOP want',t,'got',leaf,b[0])
print('regions F1 %.3f'%f1(*R),R,'topics exact %.3f'%f1(*T),T,'with ancestors %.3f'%f1(*H),H)
